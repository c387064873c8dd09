package dev.mayfly.pool;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Real artifacts, damaged anywhere, and what a reader makes of them. */
final class ArtifactDamage {
    private final Random random;
    private final Path scratch;
    private final Reader reader;
    private final List<Good> good;
    private final List<String> violations = new ArrayList<>();
    private int refused;

    /** The parts of the file {@code name} in {@code folder}; empty for a file not to be trusted. */
    interface Reader {
        Optional<Map<String, byte[]>> read(Path folder, String name) throws IOException;
    }

    /** A file as it was written. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Good(String name, byte[] bytes, Map<String, byte[]> parts) {}

    ArtifactDamage(Path folder, long seed, Reader reader) throws IOException {
        random = new Random(seed);
        this.reader = reader;
        scratch = Files.createDirectories(folder.resolve("damaged"));
        FrozenFunction frozen = new LoadBench(folder).ready(Guests.module("hello-c")).function();
        Path cache = folder.resolve("cache");
        good =
                List.of(
                        good(cache, frozen.key().stateFile()),
                        good(cache, frozen.key().moduleFile()));
    }

    private static Good good(Path cache, String name) throws IOException {
        return new Good(
                name, Files.readAllBytes(cache.resolve(name)), stored(cache, name).orElseThrow());
    }

    /** As the product reads: by a store of its own. */
    static Optional<Map<String, byte[]>> stored(Path folder, String name) {
        return new ArtifactStore(folder, 1L << 30).read(name, ArtifactDamage::parts);
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

    ArtifactDamage run(int runs) throws IOException {
        for (int run = 0; run < runs; run++) {
            readDamaged(good.get(run % 8 == 0 ? 1 : 0), run);
        }
        return this;
    }

    private void readDamaged(Good of, int run) throws IOException {
        Files.write(scratch.resolve(of.name), damaged(of.bytes));
        Optional<Map<String, byte[]>> read = reader.read(scratch, of.name);
        if (read.isEmpty()) {
            refused++;
        } else if (!same(read.get(), of.parts)) {
            violations.add("run " + run + " read something else of " + of.name);
        }
    }

    private static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream()
                        .allMatch(part -> Arrays.equals(one.get(part), other.get(part)));
    }

    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(bytes, at, end, (byte) 0);
            case 3 -> Arrays.fill(bytes, at, bytes.length, (byte) 0);
            case 4 ->
                    System.arraycopy(whole, random.nextInt(bytes.length - 64), bytes, at, end - at);
            default -> bytes = Arrays.copyOf(bytes, at);
        }
        return bytes;
    }

    /** Where something was read that was never written; empty when all is well. */
    List<String> violations() {
        return violations;
    }

    int refused() {
        return refused;
    }
}
