package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a machine does to files: a writer is killed, the disk is full, or may not be written. {@code
 * -Dmayfly.fuzz.runs=100000} kills 200 writers rather than eight.
 */
class ArtifactFaultsIT {
    private static final int KILLS = Integer.getInteger("mayfly.fuzz.runs", 0) > 0 ? 200 : 8;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    @TempDir private Path folder;

    @Test
    void afterAKillEachArtifactIsWholeOrAbsentAndTheNextStartClearsUp() throws Exception {
        System.out.printf("ArtifactFaultsIT: %d kills, mayfly.fuzz.seed=%d%n", KILLS, SEED);
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            killAWriter(random);
            ArtifactStore store = new ArtifactStore(folder, 4 << 20);
            assertThat(names()).as("kill %d", kill).noneMatch(name -> name.endsWith(".tmp"));
            for (String name : names()) {
                byte[] bytes = store.read(name, file -> file.part("all")).orElseThrow();
                assertThat(bytes).as("kill %d", kill).containsOnly(bytes[0]);
            }
            assertThat(store.keep("after.image", Map.of("all", new byte[] {1}))).isTrue();
        }
    }

    private void killAWriter(Random random) throws Exception {
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ArtifactWriter.class.getName(),
                                folder.toString(),
                                Long.toString(random.nextLong()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var lines = writer.inputReader()) {
            assertThat(lines.lines().anyMatch("writing"::equals)).isTrue();
            boolean ended = writer.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
            assertThat(ended).as("a writer that ended by itself").isFalse();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void onAFullDiskFunctionsServeOnAndAreKeptWhenThereIsRoom() throws Exception {
        try (Mount disk = Mount.of(folder.resolve("cache"), "256k");
                Said said = Said.by(ArtifactStore.class)) {
            Path filler = Files.write(disk.path().resolve("filler"), new byte[200 << 10]);
            LoadBench bench = new LoadBench(folder);
            FrozenFunction frozen = bench.ready(Guests.module("hello-c")).function();
            assertThat(LoadBench.answer(frozen.snapshot(), frozen.entrypoint(), "/"))
                    .contains("hello GET");
            assertThat(bench.keeps(frozen)).isFalse();
            assertThat(said.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN cannot keep anything in " + disk.path())
                    .containsIgnoringCase("no space left");
            assertThat(disk.names()).noneMatch(name -> name.endsWith(".tmp"));
            Files.delete(filler);
            assertThat(bench.keeps(frozen)).isTrue();
            assertThat(new LoadBench(folder).thaw(frozen)).isPresent();
        }
    }

    @Test
    void aFolderThatIsReadOnlyServesWhatItHasAndIsMendedWhenItCanBe() throws Exception {
        try (Mount disk = Mount.of(folder.resolve("cache"), "8m")) {
            FrozenFunction frozen =
                    new LoadBench(folder).ready(Guests.module("hello-c")).function();
            disk.remount("ro");
            assertThatAReadOnlyFolderIsSaidOnce();
            assertThat(new LoadBench(folder).thaw(frozen)).isPresent();
            LoadBench other = new LoadBench(folder);
            FrozenFunction rust = other.ready(Guests.module("hello-rust")).function();
            assertThat(other.keeps(rust)).isFalse();
            disk.remount("rw");
            assertThat(other.keeps(rust)).isTrue();
            damage(disk.path().resolve(frozen.key().stateFile()));
            disk.remount("ro");
            assertThat(new LoadBench(folder).thaw(frozen)).isEmpty();
            disk.remount("rw");
            LoadBench last = new LoadBench(folder);
            assertThat(last.thaw(frozen)).isEmpty();
            assertThat(last.keeps(frozen)).isTrue();
            assertThat(new LoadBench(folder).thaw(frozen)).isPresent();
        }
    }

    private void assertThatAReadOnlyFolderIsSaidOnce() {
        LoadBench bench = new LoadBench(folder);
        try (Said said = Said.by(ArtifactStore.class)) {
            for (String guest : List.of("hello-rust", "echo-c", "hello-rust")) {
                FrozenFunction made = bench.ready(Guests.module(guest)).function();
                assertThat(bench.keeps(made)).isFalse();
            }
            assertThat(said.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN cannot keep anything in " + folder.resolve("cache"))
                    .containsIgnoringCase("read-only");
        }
    }

    @Test
    void aClassDamagedBeforeItsFirstUseCostsTheRunAndIsCompiledAgain() throws Exception {
        byte[] module = Guests.module("large-rust");
        FrozenFunction frozen = new LoadBench(folder).ready(module).function();
        LoadBench elsewhere = new LoadBench(folder);
        FrozenFunction thawed = elsewhere.thaw(frozen).orElseThrow();
        Path file = folder.resolve("cache").resolve(frozen.key().moduleFile());
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 512 << 10, bytes.length, (byte) 0);
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        // What no survey reached: the rest is read ahead.
        SampleRequest all = new SampleRequest("/", "all");
        Ending ending = Sandbox.copyOf(thawed.snapshot()).call(thawed.entrypoint(), all);
        assertThat(ending).isInstanceOf(Ending.Trapped.class);
        assertThat(elsewhere.thaw(frozen)).isEmpty();
        FrozenFunction again = elsewhere.ready(module).function();
        assertThat(LoadBench.answer(again.snapshot(), again.entrypoint(), "/"))
                .contains("bulky GET");
        assertThat(new LoadBench(folder).thaw(again)).isPresent();
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** A small file system in memory; only root can mount one. */
    private record Mount(Path path) implements AutoCloseable {
        static Mount of(Path path, String size) throws IOException {
            Files.createDirectories(path);
            int code = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
            Assumptions.assumeTrue(code == 0, "mounting a small file system takes root");
            return new Mount(path);
        }

        void remount(String mode) throws IOException {
            assertThat(run("mount", "-o", "remount," + mode, path.toString())).isZero();
        }

        List<String> names() throws IOException {
            try (Stream<Path> files = Files.list(path)) {
                return files.map(file -> file.getFileName().toString()).toList();
            }
        }

        private static int run(String... command) throws IOException {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        }

        @Override
        public void close() throws IOException {
            assertThat(run("umount", path.toString())).isZero();
        }
    }
}
