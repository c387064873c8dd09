package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged store costs work and never anything else. */
class ArtifactStoreTest {
    private static final String NAME = "ab.module";
    private static final Map<String, byte[]> SMALL = new LinkedHashMap<>();

    static {
        SMALL.put("facts", new byte[] {1, 2, 3});
        SMALL.put("empty", new byte[0]);
        SMALL.put("a.Class", new byte[100]);
    }

    @TempDir private Path folder;
    private ArtifactStore store;

    @BeforeEach
    void newStore() {
        store = store(1 << 20);
    }

    private ArtifactStore store(long maxBytes) {
        return new ArtifactStore(cache(), maxBytes);
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private Path file(String name) {
        return cache().resolve(name);
    }

    private Optional<Map<String, byte[]>> found(String name) {
        return store.read(
                name,
                file -> {
                    Map<String, byte[]> parts = new LinkedHashMap<>();
                    for (String part : file.names()) {
                        parts.put(part, file.part(part));
                    }
                    file.close();
                    return parts;
                });
    }

    @Test
    void whatWasKeptIsFound() {
        assertThat(store.keep(NAME, SMALL)).isTrue();
        Map<String, byte[]> found = found(NAME).orElseThrow();
        assertThat(found).containsOnlyKeys("facts", "empty", "a.Class");
        assertThat(found.get("facts")).containsExactly(1, 2, 3);
        assertThat(found.get("a.Class")).hasSize(100);
    }

    @Test
    void whatWasNeverKeptIsNotFound() {
        assertThat(found(NAME)).isEmpty();
        assertThat(store.has(NAME)).isFalse();
    }

    @Test
    void aFileCutAtAnyLengthIsNotTrustedAndTakenAway() throws IOException {
        byte[] whole = kept();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(NAME), Arrays.copyOf(whole, length));
            assertThat(found(NAME)).as("cut at %s", length).isEmpty();
            assertThat(file(NAME)).doesNotExist();
        }
    }

    @Test
    void aFileWithAnyByteAlteredIsNotTrusted() throws IOException {
        byte[] whole = kept();
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 0x10;
            Files.write(file(NAME), altered);
            assertThat(found(NAME)).as("altered at %s", at).isEmpty();
        }
    }

    @Test
    void aDamagedOrForeignFileIsSaidOnceAndMadeAgain() throws IOException {
        byte[] whole = kept();
        store.keep("cd.module", SMALL);
        try (Said said = Said.by(ArtifactStore.class)) {
            for (int time = 0; time < 3; time++) {
                Files.write(file(NAME), Arrays.copyOf(whole, whole.length - 1));
                Files.writeString(file("cd.module"), "what somebody else put here, long enough");
                assertThat(found(NAME)).isEmpty();
                assertThat(found("cd.module")).isEmpty();
                assertThat(store.keep(NAME, SMALL)).isTrue();
                assertThat(store.keep("cd.module", SMALL)).isTrue();
                assertThat(found(NAME)).isPresent();
                assertThat(found("cd.module")).isPresent();
            }
            assertThat(said.lines())
                    .containsExactly(
                            "WARN "
                                    + file(NAME)
                                    + " is of another length than it was written:"
                                    + " made again",
                            "WARN "
                                    + file("cd.module")
                                    + " is not a file of this store: made"
                                    + " again");
        }
    }

    @Test
    void aFileThatWentOnGrowingIsNotTrusted() throws IOException {
        byte[] whole = kept();
        Files.write(file(NAME), Arrays.copyOf(whole, whole.length + 1));
        assertThat(found(NAME)).isEmpty();
    }

    @Test
    void theFileOfAnotherNameIsNotTrusted() throws IOException {
        Files.write(file("cd.module"), kept());
        assertThat(found("cd.module")).isEmpty();
    }

    @Test
    void aPartOfALargeFileIsReadAndCheckedByItself() throws IOException {
        Map<String, byte[]> large = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            byte[] part = new byte[200_000];
            Arrays.fill(part, (byte) i);
            large.put("part" + i, part);
        }
        store = store(10 << 20);
        store.keep(NAME, large);
        byte[] bytes = Files.readAllBytes(file(NAME));
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(NAME), bytes);
        assertThat(store.read(NAME, file -> file.part("part6")).orElseThrow())
                .isEqualTo(large.get("part6"));
        assertThat(store.read(NAME, file -> file.part("part7"))).isEmpty();
    }

    @Test
    @Tag("limit:cache.max_bytes")
    void theLeastRecentlyUsedGoesFirstAndWhatIsHeldStays() throws IOException {
        long one = kept().length;
        store = store(3 * one);
        assertThat(store.bytes()).isEqualTo(one);
        store.keep("b2.module", SMALL);
        store.keep("c3.module", SMALL);
        assertThat(found(NAME)).isPresent();
        try (ArtifactStore.Hold _ = store.hold("b2.module")) {
            store.keep("d4.module", SMALL);
        }
        assertThat(names()).containsExactlyInAnyOrder(NAME, "b2.module", "d4.module");
        store.keep("e5.module", SMALL);
        assertThat(names()).containsExactlyInAnyOrder(NAME, "d4.module", "e5.module");
        assertThat(store.bytes()).isEqualTo(3 * one);
    }

    @Test
    void theOrderOfUseOutlivesARestart() throws IOException {
        long one = kept().length;
        store.keep("b2.module", SMALL);
        Files.setLastModifiedTime(file(NAME), FileTime.fromMillis(1000));
        Files.setLastModifiedTime(file("b2.module"), FileTime.fromMillis(2000));
        assertThat(found(NAME)).isPresent();
        store = store(2 * one);
        store.keep("c3.module", SMALL);
        assertThat(names()).containsExactlyInAnyOrder(NAME, "c3.module");
    }

    @Test
    void aSmallerLimitHoldsFromTheStart() throws IOException {
        long one = kept().length;
        Files.setLastModifiedTime(file(NAME), FileTime.fromMillis(1000));
        store.keep("b2.module", SMALL);
        store = store(one);
        assertThat(names()).containsExactly("b2.module");
        assertThat(store.bytes()).isEqualTo(one);
    }

    @Test
    void filesOfOthersAreNeverEvicted() throws IOException {
        Files.createDirectories(cache());
        Files.write(file("precious.txt"), new byte[1000]);
        store = store(kept().length);
        store.keep("b2.module", SMALL);
        assertThat(names()).containsExactlyInAnyOrder("precious.txt", "b2.module");
    }

    @Test
    void whatIsLargerThanTheWholeStoreIsNotKept() throws IOException {
        store = store(100);
        assertThat(store.keep(NAME, SMALL)).isFalse();
        assertThat(found(NAME)).isEmpty();
    }

    @Test
    void onlyTheOwnerMayReadWhatIsKept() throws IOException {
        kept();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(NAME))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatCannotBeMadeKeepsNothingUntilItCan() throws IOException {
        Files.writeString(cache(), "a file where the folder should be");
        try (Said said = Said.by(ArtifactStore.class)) {
            for (int time = 0; time < 3; time++) {
                assertThat(store.keep(NAME, SMALL)).isFalse();
                assertThat(found(NAME)).isEmpty();
            }
            assertThat(said.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN cannot keep anything in " + cache());
            Files.delete(cache());
            assertThat(store.keep(NAME, SMALL)).isTrue();
            assertThat(found(NAME)).isPresent();
            assertThat(said.lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("INFO " + cache() + " can be written again");
        }
    }

    @Test
    void writersOfTheSameNameDoNotDisturbEachOther() throws Exception {
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
        assertThat(found(NAME)).isPresent();
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void whatAKilledWriterLeftBehindIsClearedAwayAtTheNextStart() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createDirectories(cache());
        Files.write(file(ended.pid() + "-1.tmp"), new byte[] {1, 2, 3});
        Path foreign = Files.write(file("something.tmp"), new byte[] {1, 2, 3});
        Files.setLastModifiedTime(foreign, FileTime.fromMillis(0));
        Path former = Files.write(file(ProcessHandle.current().pid() + "-1.tmp"), new byte[9]);
        Files.setLastModifiedTime(former, FileTime.fromMillis(0));
        String writing = ProcessHandle.current().pid() + "-2.tmp";
        Files.write(file(writing), new byte[] {1, 2, 3});
        newStore();
        assertThat(names()).containsExactly(writing);
    }

    private void keepOften(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < 20; i++) {
            store.keep(NAME, SMALL);
            assertThat(found(NAME)).isPresent();
        }
    }

    private byte[] kept() throws IOException {
        store.keep(NAME, SMALL);
        return Files.readAllBytes(file(NAME));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
