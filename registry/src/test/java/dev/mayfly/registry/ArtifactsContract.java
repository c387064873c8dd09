package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What artifacts promise, on whatever PostgreSQL. */
abstract class ArtifactsContract {
    private static final AtomicLong SEEDS = new AtomicLong(System.nanoTime());

    abstract Registry registry();

    private Artifacts artifacts() {
        return registry().artifacts();
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(SEEDS.incrementAndGet()).nextBytes(bytes);
        return bytes;
    }

    @Test
    void anArtifactComesInPiecesAndIsReadBackWhole() throws IOException {
        byte[] bytes = random(3_000_000);
        Digest digest = Digest.of(bytes);
        int offset = 0;
        while (offset < 2_500_000) {
            byte[] piece = Arrays.copyOfRange(bytes, offset, offset + 500_000);
            offset += piece.length;
            assertThat(artifacts().append(digest, bytes.length, offset - piece.length, piece))
                    .isEqualTo(new UploadResult.Continue(offset));
            assertThat(artifacts().find(digest))
                    .contains(new Artifacts.Stored(bytes.length, offset, false));
            assertThat(artifacts().open(digest)).isEmpty();
        }
        byte[] last = Arrays.copyOfRange(bytes, offset, bytes.length);
        assertThat(artifacts().append(digest, bytes.length, offset, last))
                .isEqualTo(new UploadResult.Complete());
        try (InputStream stored = artifacts().open(digest).orElseThrow()) {
            assertThat(stored.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aPieceThatDoesNotBelongIsToldWhereTheNextOneDoes() {
        byte[] bytes = random(100);
        Digest digest = Digest.of(bytes);
        artifacts().append(digest, 100, 0, Arrays.copyOf(bytes, 40));
        assertThat(artifacts().append(digest, 100, 0, bytes))
                .isEqualTo(new UploadResult.WrongOffset(40));
        assertThat(artifacts().append(digest, 100, 50, Arrays.copyOfRange(bytes, 50, 100)))
                .isEqualTo(new UploadResult.WrongOffset(40));
        assertThat(artifacts().append(digest, 101, 40, new byte[61]))
                .isEqualTo(new UploadResult.WrongSize(100));
        assertThat(artifacts().append(digest, 100, 40, new byte[61]))
                .isEqualTo(new UploadResult.WrongSize(100));
        assertThat(artifacts().append(digest, 100, 40, new byte[0]))
                .isEqualTo(new UploadResult.WrongOffset(40));
        assertThat(artifacts().append(digest, 100, 40, Arrays.copyOfRange(bytes, 40, 100)))
                .isEqualTo(new UploadResult.Complete());
        assertThat(artifacts().append(digest, 100, 0, bytes))
                .isEqualTo(new UploadResult.Complete());
    }

    @Test
    void otherBytesThanTheDigestsAreThrownAway() {
        byte[] bytes = random(10);
        Digest digest = Digest.of(bytes);
        byte[] others = random(10);
        assertThat(artifacts().append(digest, 10, 0, others))
                .isEqualTo(new UploadResult.Mismatch(Digest.of(others)));
        assertThat(artifacts().find(digest)).isEmpty();
        assertThat(artifacts().append(digest, 10, 0, bytes)).isEqualTo(new UploadResult.Complete());
    }

    @Test
    void nothingIsAnArtifactToo() throws IOException {
        Digest digest = Digest.of(new byte[0]);
        assertThat(artifacts().append(digest, 0, 0, new byte[0]))
                .isEqualTo(new UploadResult.Complete());
        assertThat(artifacts().open(digest).orElseThrow().readAllBytes()).isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedAtItsFirstPiece() {
        Digest digest = Digest.of(random(9));
        long most = Retention.DEFAULT.artifactBytes();
        assertThat(artifacts().append(digest, most + 1, 0, new byte[1]))
                .isEqualTo(new UploadResult.TooLarge(most));
        assertThatThrownBy(() -> artifacts().append(digest, most, 0, new byte[Artifacts.PIECE + 1]))
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> artifacts().append(digest, 5, 6, new byte[1]))
                .hasMessageContaining("0 to the size");
        assertThat(artifacts().find(digest)).isEmpty();
    }

    @Test
    void whatIsMissingIsNamed() {
        byte[] bytes = random(10);
        Digest stored = Digest.of(bytes);
        Digest absent = Digest.of(random(11));
        artifacts().append(stored, 10, 0, bytes);
        assertThat(artifacts().missing(List.of(stored, absent, stored))).containsExactly(absent);
        assertThat(artifacts().missing(List.of())).isEmpty();
    }

    @Test
    void aDamagedArtifactIsNeverReadToItsEnd() {
        byte[] bytes = random(1000);
        bytes[999] = 1;
        byte[] damaged = bytes.clone();
        damaged[999] = 2;
        ArtifactRow row = new ArtifactRow(Digest.of(bytes).hex(), 1000, 1000, true);
        InputStream stream =
                new VerifiedStream(
                        row,
                        (_, position) ->
                                Optional.of(
                                        Arrays.copyOfRange(
                                                damaged, (int) position, (int) position + 500)));
        assertThatThrownBy(stream::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }
}
