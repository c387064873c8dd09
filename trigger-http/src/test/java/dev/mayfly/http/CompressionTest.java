package dev.mayfly.http;

import static dev.mayfly.http.ScriptedFunction.writing;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are compressed, and what is left of them when they are unpacked. */
class CompressionTest {
    private static final String LONG = "0123456789".repeat(300);
    private static final String TEXT = "Content-Type: text/plain; charset=utf-8\n";

    @TempDir private Path folder;

    private static TestHead asking(String codings) {
        return get("/a").with("Accept-Encoding", codings);
    }

    private static TestExchange function(TestHead head, String output) throws Exception {
        return TestApp.any(writing(output)).compressing(Compression.ALL).ask(head);
    }

    private static String unpacked(TestExchange answer) {
        byte[] bytes = answer.bytes();
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("compression.answers")
    void aFunctionsTextIsCompressedAndItsValidatorWeak() throws Exception {
        TestExchange answer = function(asking("br, gzip;q=0.8"), TEXT + "ETag: \"x\"\n\n" + LONG);
        assertThat(answer.values("content-encoding")).containsExactly("gzip");
        assertThat(answer.values("vary")).containsExactly("accept-encoding");
        assertThat(answer.values("etag")).containsExactly("W/\"x\"");
        assertThat(answer.bytes()).hasSizeLessThan(300);
        assertThat(unpacked(answer)).isEqualTo(LONG);
    }

    @Test
    @Tag("compression.answers")
    void anAnswerThatFlowsIsCompressedPieceByPiece() throws Exception {
        String body = LONG.repeat(30);
        TestExchange answer =
                TestApp.any(
                                guest -> {
                                    guest.write(TEXT + "\n");
                                    for (int i = 0; i < 3; i++) {
                                        guest.write(body);
                                    }
                                    return new Outcome.Exited(0);
                                })
                        .compressing(Compression.ALL)
                        .ask(asking("gzip"));
        assertThat(answer.flowed()).isTrue();
        assertThat(answer.ended()).isTrue();
        assertThat(unpacked(answer)).isEqualTo(body.repeat(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/event-stream\n",
                "Content-Type: image/png\n",
                "Status: 200\n",
                "Content-Type: text/plain\nContent-Encoding: br\n",
                "Content-Type: text/plain\nContent-Encoding: identity\n",
                "Content-Type: text/plain\nCache-Control: public, No-Transform\n",
                "Content-Type: text/plain\nContent-Range: bytes 0-2999/9000\nStatus: 206\n",
                "Content-Type: text/plain\nRepr-Digest: sha-256=:x:\n",
                "Content-Type: text/plain\nStatus: 206\n"
            })
    @Tag("compression.not")
    void whatMustStayAsItIsDoes(String fields) throws Exception {
        TestExchange answer = function(asking("gzip"), fields + "\n" + LONG);
        assertThat(answer.text()).isEqualTo(LONG);
        assertThat(answer.values("content-encoding")).doesNotContain("gzip");
        assertThat(answer.names()).doesNotContain("vary");
    }

    @Test
    @Tag("compression.not")
    void aShortAnswerAndOneWithoutABodyStay() throws Exception {
        assertThat(function(asking("gzip"), TEXT + "\n" + LONG.substring(0, 1023)).names())
                .doesNotContain("content-encoding", "vary");
        TestExchange head =
                function(request("HEAD", "/a").with("Accept-Encoding", "gzip"), TEXT + "\n" + LONG);
        assertThat(head.value("content-length")).isEqualTo("3000");
        assertThat(head.names()).doesNotContain("content-encoding");
        assertThat(function(asking("gzip"), "Status: 304\n\n" + LONG).names())
                .doesNotContain("content-encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip;q=0",
                "*;q=0",
                "identity",
                "br",
                "identity, gzip;q=0.5",
                "gzip;q=zero",
                "",
                "gzip;q=0.0000",
                "deflate, *;q=0.000"
            })
    @Tag("compression.accept")
    void aClientThatDoesNotWantItGetsNoneAndIsToldThatItMatters(String codings) throws Exception {
        TestExchange answer = function(asking(codings), TEXT + "\n" + LONG);
        assertThat(answer.text()).isEqualTo(LONG);
        assertThat(answer.values("vary")).containsExactly("accept-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "*", "GZIP ; Q=1.0", "deflate, gzip;q=0.001", "x, *;q=0.5"})
    @Tag("compression.accept")
    void aClientThatWantsItGetsIt(String codings) throws Exception {
        assertThat(unpacked(function(asking(codings), TEXT + "\n" + LONG))).isEqualTo(LONG);
    }

    @Test
    @Tag("compression.accept")
    void whoSaysNothingIsAnsweredAsEver() throws Exception {
        TestExchange answer = function(get("/a"), TEXT + "ETag: \"x\"\n\n" + LONG);
        assertThat(answer.text()).isEqualTo(LONG);
        assertThat(answer.names()).doesNotContain("vary", "content-encoding");
        assertThat(answer.values("etag")).containsExactly("\"x\"");
    }

    @Test
    @Tag("compression.answers")
    void whichAnswersAreIsTheServersToSay() throws Exception {
        String fixed =
                "[[trigger.http]]\nroute = \"/s\"\nstatic_response = { body = \"" + LONG + "\" }\n";
        for (Compression compression : Compression.values()) {
            TestApp app =
                    TestApp.of(fixed + TestApp.route("/a", "f"))
                            .function("f", writing(TEXT + "\n" + LONG))
                            .compressing(compression);
            boolean function = app.ask(asking("gzip")).names().contains("content-encoding");
            TestExchange answer = app.ask(get("/s").with("Accept-Encoding", "gzip"));
            assertThat(function).isEqualTo(compression == Compression.ALL);
            assertThat(answer.names().contains("content-encoding"))
                    .isEqualTo(compression != Compression.OFF);
            if (compression != Compression.OFF) {
                assertThat(unpacked(answer)).isEqualTo(LONG);
            }
        }
    }

    private TestExchange file(TestHead head) throws Exception {
        Path files = folder.resolve("p");
        if (Files.notExists(files.resolve("a.js"))) {
            Files.createDirectories(files);
            Files.writeString(files.resolve("a.js"), LONG);
            Files.writeString(files.resolve("small.js"), "1");
            Files.writeString(files.resolve("a.png"), LONG);
        }
        return TestApp.of("[[trigger.http]]\nroute = \"/...\"\nfiles = { source = \"p\" }\n")
                .in(folder)
                .ask(head);
    }

    private static TestHead fileAsking(String name) {
        return get("/" + name).with("Accept-Encoding", "gzip, br");
    }

    @Test
    @Tag("compression.files")
    void aFileWithoutACompressedFormBesideItIsCompressedWhole() throws Exception {
        TestExchange answer = file(fileAsking("a.js"));
        assertThat(answer.values("content-encoding")).containsExactly("gzip");
        assertThat(answer.values("vary")).containsExactly("accept-encoding");
        assertThat(answer.names()).doesNotContain("accept-ranges");
        assertThat(unpacked(answer)).isEqualTo(LONG);
        String tag = answer.value("etag");
        assertThat(tag).startsWith("W/\"");
        TestExchange known = file(fileAsking("a.js").with("If-None-Match", tag));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.values("etag")).containsExactly(tag);
        assertThat(file(get("/a.js")).value("etag")).isEqualTo(tag.substring(2));
    }

    @Test
    @Tag("compression.files")
    void partsHeadsShortFilesAndPicturesAreAsTheyLie() throws Exception {
        TestExchange part = file(fileAsking("a.js").with("Range", "bytes=0-9"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("0123456789");
        assertThat(file(fileAsking("a.js").with("Range", "bytes=0-")).text()).isEqualTo(LONG);
        assertThat(file(fileAsking("small.js")).text()).isEqualTo("1");
        assertThat(file(fileAsking("a.png")).text()).isEqualTo(LONG);
        TestExchange head = file(request("HEAD", "/a.js").with("Accept-Encoding", "gzip"));
        assertThat(head.value("content-length")).isEqualTo("3000");
        assertThat(head.names()).doesNotContain("content-encoding").contains("vary");
    }

    @Test
    @Tag("limit:CompressedFiles.LARGEST")
    void aFileThatIsTooLargeIsSentAsItIs() throws Exception {
        Files.createDirectories(folder.resolve("p"));
        Files.write(folder.resolve("p/large.txt"), new byte[(4 << 20) + 1]);
        TestExchange answer = file(fileAsking("large.txt"));
        assertThat(answer.names()).doesNotContain("content-encoding");
        assertThat(answer.bytes()).hasSize((4 << 20) + 1);
    }

    @Test
    @Tag("limit:CompressedFiles.MOST_BYTES")
    void theFormsThatAreKeptHaveABound() throws Exception {
        assertThat(CompressedFiles.MOST_BYTES).isEqualTo(32 << 20);
        CompressedFiles forms = new CompressedFiles();
        Path file = Files.writeString(folder.resolve("a.js"), LONG);
        Representation form = Representation.choose(file, asking("gzip").headers());
        assertThat(forms.form(form)).isSameAs(forms.form(form));
        Files.writeString(file, LONG + "x");
        Representation other = Representation.choose(file, asking("gzip").headers());
        assertThat(forms.form(other)).isNotEqualTo(forms.form(form));
    }
}
