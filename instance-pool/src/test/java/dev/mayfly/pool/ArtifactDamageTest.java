package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real artifacts, damaged anywhere: what is read of them is what was written, or nothing. And the
 * check would notice a reader that trusts too much. {@code -Dmayfly.fuzz.runs=100000} for a long
 * run; {@code -Dmayfly.fuzz.seed} repeats one.
 */
class ArtifactDamageTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 10_000);
    private static final int RUNS_UNTIL_A_FAULT_SHOWS = 10_000;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    @TempDir private Path folder;

    @Test
    void noDamageMakesAWrongClassOrImage() throws IOException {
        ArtifactDamage damage =
                new ArtifactDamage(folder, SEED, ArtifactDamageTest::readOrTakenAway).run(RUNS);
        System.out.printf(
                "ArtifactDamageTest: %d files, %d refused, mayfly.fuzz.seed=%d%n",
                RUNS, damage.refused(), SEED);
        assertThat(damage.violations()).as("seed %d", SEED).isEmpty();
        assertThat(damage.refused()).as("a test that damages nothing").isGreaterThan(RUNS * 9 / 10);
    }

    private static Optional<Map<String, byte[]>> readOrTakenAway(Path scratch, String name) {
        Optional<Map<String, byte[]>> read = ArtifactDamage.stored(scratch, name);
        if (read.isEmpty()) {
            assertThat(scratch.resolve(name)).doesNotExist();
        }
        return read;
    }

    @ParameterizedTest
    @EnumSource
    void aReaderThatTrustsTooMuchIsNoticed(TrustingReader reader) throws IOException {
        ArtifactDamage damage =
                new ArtifactDamage(folder, SEED, reader).run(RUNS_UNTIL_A_FAULT_SHOWS);
        assertThat(damage.violations()).as("%s, seed %d", reader, SEED).isNotEmpty();
    }
}
