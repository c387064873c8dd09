package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Scope;
import dev.mayfly.server.ApiServer.Reply;
import dev.mayfly.server.ApiServer.Sent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts in pieces. */
class UploadsIT {
    @TempDir static Path folder;
    private static ApiServer server;
    private static String admin;

    @BeforeAll
    static void open() {
        server = new ApiServer(folder);
        admin = server.token(Scope.ADMIN);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String target(byte[] whole) {
        return "/v1/artifacts/" + Digests.text(Digest.of(whole));
    }

    private static Reply put(byte[] whole, int from, int to) {
        return put(target(whole), Arrays.copyOfRange(whole, from, to), from, whole.length);
    }

    private static Reply put(String target, byte[] piece, int from, int size) {
        String range = "bytes " + from + "-" + (from + piece.length - 1) + "/" + size;
        return server.send(
                Sent.of("PUT", target).as(admin).bytes(piece).with("content-range", range));
    }

    private static Reply ask(String method, byte[] whole) {
        return server.send(Sent.of(method, target(whole)).as(admin));
    }

    @Test
    void anUploadGoesOnWhereItBrokeAndComesOutAsItWentIn() {
        byte[] whole = bytes(9 << 20, 1);
        assertThat(ask("HEAD", whole).status()).isEqualTo(404);
        Reply first = put(whole, 0, 4 << 20);
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.field("upload-offset")).isEqualTo("" + (4 << 20));
        Reply broken = ask("HEAD", whole);
        assertThat(broken.field("upload-offset")).isEqualTo("" + (4 << 20));
        assertThat(broken.field("upload-length")).isEqualTo("" + (9 << 20));
        assertThat(broken.field("upload-complete")).isEqualTo("?0");
        assertThat(ask("GET", whole).status()).isEqualTo(404);
        assertThat(put(whole, 4 << 20, 8 << 20).status()).isEqualTo(202);
        assertThat(put(whole, 8 << 20, 9 << 20).status()).isEqualTo(201);
        assertThat(ask("HEAD", whole).field("upload-complete")).isEqualTo("?1");
        assertThat(ask("GET", whole).bytes()).isEqualTo(whole);
    }

    @Test
    void aPieceElsewhereIsToldWhereTheNextOneBelongs() {
        byte[] whole = bytes(1000, 2);
        put(whole, 0, 400);
        Reply again = put(whole, 0, 400);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("offset").asInt()).isEqualTo(400);
        assertThat(put(whole, 500, 1000).status()).isEqualTo(409);
        assertThat(put(whole, 400, 1000).status()).isEqualTo(201);
    }

    @Test
    void otherBytesThanTheDigestSaysAreThrownAway() {
        byte[] whole = bytes(1000, 3);
        byte[] others = bytes(1000, 4);
        Reply reply = put(target(whole), others, 0, 1000);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("actual").asText()).isEqualTo(Digests.text(Digest.of(others)));
        assertThat(ask("HEAD", whole).status()).isEqualTo(404);
        assertThat(put(whole, 0, 1000).status()).isEqualTo(201);
    }

    @Test
    void aPieceOf4MiBIsTakenAndALongerOneIsNot() {
        byte[] whole = bytes((4 << 20) + 1, 5);
        Reply reply = put(whole, 0, (4 << 20) + 1);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(put(whole, 0, 4 << 20).status()).isEqualTo(202);
    }

    @Test
    void anArtifactLargerThanThisServerTakesIsRefusedAtItsFirstPiece() {
        byte[] piece = bytes(10, 6);
        assertThat(put(target(piece), piece, 0, 300 << 20).status()).isEqualTo(413);
    }

    @Test
    void aRangeThatIsNotTheBodysIsRefused() {
        byte[] whole = bytes(100, 7);
        for (String range : new String[] {"bytes 0-5/100", "bytes 50-0/100", "0-99/100", "x"}) {
            Sent sent = Sent.of("PUT", target(whole)).as(admin).bytes(whole);
            assertThat(server.send(sent.with("content-range", range)).status()).isEqualTo(422);
        }
    }

    @Test
    void anEmptyArtifactIsOneToo() {
        byte[] nothing = new byte[0];
        assertThat(server.send(Sent.of("PUT", target(nothing)).as(admin)).status()).isEqualTo(201);
        assertThat(ask("GET", nothing).bytes()).isEmpty();
    }
}
