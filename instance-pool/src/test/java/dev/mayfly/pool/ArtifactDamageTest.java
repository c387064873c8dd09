package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real artifacts, damaged anywhere: what is read of them is what was written, or nothing. {@code
 * -Dmayfly.fuzz.runs=100000} for a long run; {@code -Dmayfly.fuzz.seed} repeats one.
 */
class ArtifactDamageTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 10_000);
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    @TempDir private Path folder;
    private final Random random = new Random(SEED);

    @Test
    void noDamageMakesAWrongClassOrImage() throws IOException {
        FrozenFunction frozen = new LoadBench(folder).ready(Guests.module("hello-c")).function();
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            boolean image = run % 8 != 0;
            String name = image ? frozen.key().stateFile() : frozen.key().moduleFile();
            refused += survives(name, run) ? 0 : 1;
        }
        System.out.printf(
                "ArtifactDamageTest: %d files, %d refused, mayfly.fuzz.seed=%d%n",
                RUNS, refused, SEED);
        assertThat(refused).as("a test that damages nothing").isGreaterThan(RUNS * 9 / 10);
    }

    /** Whether the damaged file was read, which must then give what the good one gives. */
    private boolean survives(String name, int run) throws IOException {
        Path good = folder.resolve("cache");
        byte[] bytes = Files.readAllBytes(good.resolve(name));
        Path scratch = Files.createDirectories(folder.resolve("damaged"));
        ArtifactStore store = new ArtifactStore(scratch, 1L << 30);
        Files.write(scratch.resolve(name), damaged(bytes));
        Optional<Map<String, byte[]>> read = store.read(name, ArtifactDamageTest::parts);
        if (read.isPresent()) {
            Map<String, byte[]> expected =
                    new ArtifactStore(good, 1L << 30)
                            .read(name, ArtifactDamageTest::parts)
                            .orElseThrow();
            assertThat(read.get().keySet()).as("run %d", run).isEqualTo(expected.keySet());
            expected.forEach((part, of) ->
                    assertThat(read.get().get(part)).as("run %d, %s", run, part).isEqualTo(of));
        } else {
            assertThat(scratch.resolve(name)).doesNotExist();
        }
        return read.isPresent();
    }

    private static Map<String, byte[]> parts(ArtifactFile file)
            throws IOException, ArtifactFile.DamagedException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (String part : file.names()) {
            parts.put(part, file.part(part));
        }
        file.close();
        return parts;
    }

    private byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(bytes, at, end, (byte) 0);
            case 3 -> Arrays.fill(bytes, at, bytes.length, (byte) 0);
            case 4 ->
                    System.arraycopy(good, random.nextInt(bytes.length - 64), bytes, at, end - at);
            default -> bytes = Arrays.copyOf(bytes, at);
        }
        return bytes;
    }
}
