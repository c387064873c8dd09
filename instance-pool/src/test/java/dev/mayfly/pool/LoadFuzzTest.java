package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads broken modules, thousands of them: each is loaded or refused with a reason, in bounded
 * time, and nothing of it stays. {@code -Dmayfly.fuzz.runs=100000} for a long run; {@code
 * -Dmayfly.fuzz.seed} repeats one. What once broke a load is kept in {@code fuzz/}.
 */
class LoadFuzzTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 500);
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
    private static final Duration TIMEOUT = Duration.ofMillis(20);

    /** Generous: the machine may be busy, and a load runs up to six steps. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir private Path folder;

    @Test
    void noBinaryBreaksALoad() throws Exception {
        LoadBench bench = newBench();
        bench.load(corpus().getFirst());
        int threads = loadThreads();
        long classes = loadedClasses();
        BinaryMutator mutator = new BinaryMutator(new Random(SEED), corpus());
        int ready = 0;
        for (int run = 0; run < RUNS; run++) {
            ready += loads(bench, mutator.next(), run) ? 1 : 0;
        }
        System.out.printf(
                "LoadFuzzTest: %d modules, %d loaded, mayfly.fuzz.seed=%d%n", RUNS, ready, SEED);
        assertThat(loadThreads()).isEqualTo(threads);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> unloaded(classes));
    }

    @Test
    void whatOnceBrokeALoadDoesNotAnyMore() throws Exception {
        LoadBench bench = newBench();
        for (byte[] module : binaries("/fuzz")) {
            loads(bench, module, -1);
        }
    }

    /** A cache that cannot be written: the disk is tested elsewhere. */
    private LoadBench newBench() throws IOException {
        Files.writeString(folder.resolve("cache"), "no folder");
        return new LoadBench(folder).timeout(TIMEOUT).memoryPages(16);
    }

    private boolean loads(LoadBench bench, byte[] module, int run) {
        long begun = System.nanoTime();
        Loading loading = bench.load(module);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String what = "seed " + SEED + ", run " + run + ": " + HexFormat.of().formatHex(module);
        assertThat(took).as(what).isLessThan(LONGEST);
        return switch (loading) {
            case Loading.Ready _ -> true;
            case Loading.Refused(List<String> problems) -> {
                assertThat(problems)
                        .as(what)
                        .isNotEmpty()
                        .noneMatch(problem -> problem.contains("Mayfly's fault"))
                        .noneMatch(problem -> problem.contains("Exception"));
                yield false;
            }
        };
    }

    private static int loadThreads() {
        return (int)
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("mayfly-load"))
                        .count();
    }

    private static boolean unloaded(long before) {
        System.gc();
        return loadedClasses() < before + 2_000;
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static List<byte[]> corpus() throws Exception {
        List<byte[]> corpus = new ArrayList<>(binaries("/modules"));
        corpus.addAll(binaries("/fuzz"));
        return corpus;
    }

    private static List<byte[]> binaries(String resource) throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(LoadFuzzTest.class.getResource(resource));
        List<byte[]> binaries = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".wasm")).sorted().toList()) {
                binaries.add(Files.readAllBytes(file));
            }
        }
        return binaries;
    }
}
