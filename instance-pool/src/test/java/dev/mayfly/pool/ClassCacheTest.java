package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.pool.ModuleReport.Interpreted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged cache costs a compilation and never anything else. */
class ClassCacheTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final CompiledClasses SMALL =
            new CompiledClasses(
                    Map.of("a.B", new byte[] {1, 2, 3}, "a.C", new byte[100]),
                    List.of(new Interpreted("f", 7, "too large")));

    @TempDir private Path folder;
    private ClassCache cache;

    @BeforeEach
    void newCache() {
        cache = new ClassCache(folder.resolve("cache"));
    }

    @Test
    void whatWasKeptIsFound() {
        cache.keep(DIGEST, SMALL);
        CompiledClasses found = cache.find(DIGEST).orElseThrow();
        assertThat(found.classes()).containsOnlyKeys("a.B", "a.C");
        assertThat(found.classes().get("a.B")).containsExactly(1, 2, 3);
        assertThat(found.interpreted()).isEqualTo(SMALL.interpreted());
    }

    @Test
    void whatWasNeverKeptIsNotFound() {
        assertThat(cache.find(DIGEST)).isEmpty();
    }

    @Test
    void aFileCutAtAnyLengthIsNotTrusted() throws IOException {
        byte[] whole = kept();
        for (int length = 0; length < whole.length; length++) {
            Files.write(cache.file(DIGEST), Arrays.copyOf(whole, length));
            assertThat(cache.find(DIGEST)).as("cut at %s", length).isEmpty();
        }
    }

    @Test
    void aFileWithAnyByteAlteredIsNotTrusted() throws IOException {
        byte[] whole = kept();
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 0x10;
            Files.write(cache.file(DIGEST), altered);
            assertThat(cache.find(DIGEST)).as("altered at %s", at).isEmpty();
        }
    }

    @Test
    void aFileThatWentOnGrowingIsNotTrusted() throws IOException {
        byte[] whole = kept();
        Files.write(cache.file(DIGEST), Arrays.copyOf(whole, whole.length + 1));
        assertThat(cache.find(DIGEST)).isEmpty();
    }

    @Test
    void theFileOfAnotherModuleIsNotTrusted() throws IOException {
        String other = "cd".repeat(32);
        Files.write(cache.file(DIGEST), kept());
        Files.copy(cache.file(DIGEST), cache.file(other));
        assertThat(cache.find(other)).isEmpty();
    }

    @Test
    void theFileOfAnotherRuntimeIsNotTrusted() throws IOException {
        ClassCache older = new ClassCache(folder.resolve("cache"), "0-chicory1.0.0-jdk21");
        older.keep(DIGEST, SMALL);
        Files.copy(older.file(DIGEST), cache.file(DIGEST));
        assertThat(cache.find(DIGEST)).isEmpty();
    }

    @Test
    void aDamagedFileIsCompiledAnewAndReplaced() throws IOException {
        byte[] module = Guests.module("hello-c");
        new LoadBench(folder).ready(module);
        Path file = cache.file(ModuleReader.digest(module));
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length / 2));
        new LoadBench(folder).ready(module);
        assertThat(Files.readAllBytes(file)).isEqualTo(good);
    }

    @Test
    void aSecondStartTakesItsClassesFromTheDisk() throws IOException {
        byte[] module = Guests.module("hello-c");
        new LoadBench(folder).ready(module);
        Path file = cache.file(ModuleReader.digest(module));
        var written = Files.getLastModifiedTime(file);
        FrozenFunction frozen = new LoadBench(folder).ready(module).function();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        assertThat(LoadBench.answer(frozen.snapshot(), frozen.entrypoint(), "/"))
                .contains("hello GET");
    }

    @Test
    void aFolderThatCannotBeWrittenOnlyCostsTheCache() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        new LoadBench(folder).ready(Guests.module("hello-c"));
        assertThat(cache.find(DIGEST)).isEmpty();
    }

    @Test
    void writersOfTheSameModuleDoNotDisturbEachOther() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> writers =
                IntStream.range(0, 8)
                        .mapToObj(_ -> Thread.ofPlatform().unstarted(() -> keepOften(go)))
                        .toList();
        writers.forEach(Thread::start);
        go.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(cache.find(DIGEST)).isPresent();
        assertThat(files()).containsExactly(cache.file(DIGEST));
    }

    @Test
    void whatAKilledWriterLeftBehindDisturbsNobodyAndIsClearedAway() throws IOException {
        Path folder = Files.createDirectories(this.folder.resolve("cache"));
        Path left = Files.write(folder.resolve("123.tmp"), new byte[] {1, 2, 3});
        Files.setLastModifiedTime(left, FileTime.fromMillis(0));
        Path fresh = Files.write(folder.resolve("124.tmp"), new byte[] {1, 2, 3});
        cache.keep(DIGEST, SMALL);
        assertThat(cache.find(DIGEST)).isPresent();
        assertThat(files()).containsExactlyInAnyOrder(cache.file(DIGEST), fresh);
    }

    private void keepOften(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < 20; i++) {
            cache.keep(DIGEST, SMALL);
            assertThat(cache.find(DIGEST)).isPresent();
        }
    }

    private byte[] kept() throws IOException {
        cache.keep(DIGEST, SMALL);
        return Files.readAllBytes(cache.file(DIGEST));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }
}
