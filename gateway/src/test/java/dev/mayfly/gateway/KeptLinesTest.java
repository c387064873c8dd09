package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.http.RequestName;
import dev.mayfly.pool.FunctionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the log for those who ask for it. */
class KeptLinesTest {
    private static final FunctionId HELLO = new FunctionId("shop", 3, "hello");

    @TempDir Path folder;

    private final KeptLines kept = new KeptLines(new ServerSettings.Kept(100, 1 << 20));

    private void write(KeptLines into, FunctionId function, String line) {
        into.take(
                new LogEntry.GuestLine(
                        Instant.now(), function, new RequestName("r-" + line.charAt(0), ""), line));
    }

    private static LogQuery all(String app) {
        return query(app, 0, 1000, Duration.ZERO);
    }

    private static LogQuery query(String app, long after, int limit, Duration wait) {
        return new LogQuery(
                app, Optional.empty(), Optional.empty(), Optional.empty(), after, limit, wait);
    }

    private static LogPage read(KeptLines lines, LogQuery query) {
        try {
            return lines.read(query);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static String texts(LogPage page) {
        return String.join(" ", page.lines().stream().map(LogLine::line).toList());
    }

    @Test
    void anAppsLinesComeInTheirOrderAndNobodyElses() {
        write(kept, HELLO, "a");
        write(kept, new FunctionId("other", 1, "hello"), "x");
        write(kept, HELLO, "b");
        LogPage page = read(kept, all("shop"));
        assertThat(texts(page)).isEqualTo("a b");
        assertThat(page.lines().getFirst().revision()).isEqualTo(3);
        assertThat(page.lines()).extracting(LogLine::requestId).containsExactly("r-a", "r-b");
    }

    @Test
    void aReaderGoesOnWhereItWas() {
        write(kept, HELLO, "a");
        long next = read(kept, all("shop")).next();
        write(kept, HELLO, "b");
        assertThat(texts(read(kept, query("shop", next, 10, Duration.ZERO)))).isEqualTo("b");
    }

    @Test
    void whoHasReadNothingYetGetsTheNewestAndWhoGoesOnTheOldest() {
        IntStream.range(0, 5).forEach(i -> write(kept, HELLO, "l" + i));
        LogPage newest = read(kept, query("shop", 0, 2, Duration.ZERO));
        assertThat(texts(newest)).isEqualTo("l3 l4");
        long first = newest.lines().getFirst().number() - 3;
        LogPage page = read(kept, query("shop", first, 2, Duration.ZERO));
        assertThat(texts(page)).isEqualTo("l1 l2");
        assertThat(texts(read(kept, query("shop", page.next(), 2, Duration.ZERO))))
                .isEqualTo("l3 l4");
    }

    @Test
    void functionRequestAndTimeNarrowIt() {
        write(kept, HELLO, "a");
        write(kept, new FunctionId("shop", 3, "bye"), "b");
        LogQuery all = all("shop");
        Optional<String> none = Optional.empty();
        Instant later = Instant.now().plusSeconds(60);
        assertThat(texts(read(kept, narrowed(all, Optional.of("bye"), none, Instant.EPOCH))))
                .isEqualTo("b");
        assertThat(texts(read(kept, narrowed(all, none, Optional.of("r-a"), Instant.EPOCH))))
                .isEqualTo("a");
        assertThat(texts(read(kept, narrowed(all, none, none, later)))).isEmpty();
    }

    private static LogQuery narrowed(
            LogQuery query, Optional<String> function, Optional<String> request, Instant since) {
        return new LogQuery(
                query.app(), function, request, Optional.of(since), 0, 10, Duration.ZERO);
    }

    @Test
    void aFailureIsALineForTheOwner() {
        RequestName request = new RequestName("r", "");
        kept.take(new LogEntry.Failure(Instant.now(), HELLO, request, "it trapped\n"));
        assertThat(texts(read(kept, all("shop")))).startsWith("! it trapped").doesNotContain("\n");
    }

    @Test
    void aReaderThatWaitsIsWokenByItsLineOnly() {
        CompletableFuture<LogPage> reader =
                CompletableFuture.supplyAsync(
                        () -> read(kept, query("shop", 0, 10, Duration.ofMinutes(1))));
        write(kept, new FunctionId("other", 1, "hello"), "x");
        assertThat(reader).isNotDone();
        await().until(() -> {
            write(kept, HELLO, "a");
            return reader.isDone();
        });
        assertThat(texts(reader.join())).startsWith("a");
    }

    @Test
    @Tag("limit:logs.lines")
    void theOldestLinesAreForgottenFirst() {
        KeptLines three = new KeptLines(new ServerSettings.Kept(3, 1 << 20));
        IntStream.range(0, 10).forEach(i -> write(three, HELLO, "l" + i));
        assertThat(texts(read(three, all("shop")))).isEqualTo("l7 l8 l9");
    }

    @Test
    @Tag("limit:logs.bytes")
    void longLinesTakeTheRoomOfMany() {
        KeptLines small = new KeptLines(new ServerSettings.Kept(1000, 10_000));
        IntStream.range(0, 20).forEach(i -> write(small, HELLO, (i % 10) + "x".repeat(2000)));
        LogPage page = read(small, all("shop"));
        assertThat(page.lines()).hasSize(4);
        assertThat(page.lines().getLast().line()).startsWith("9");
    }

    @Test
    void whoWaitsIsAnsweredWhenTheServerGoesDown() {
        CompletableFuture<LogPage> reader =
                CompletableFuture.supplyAsync(
                        () -> read(kept, query("shop", 0, 10, Duration.ofMinutes(1))));
        kept.end();
        assertThat(reader.join().lines()).isEmpty();
        assertThat(read(kept, query("shop", 0, 10, Duration.ofMinutes(1))).lines()).isEmpty();
    }

    @Test
    void numbersGoOnAfterARestart() {
        write(kept, HELLO, "a");
        long before = read(kept, all("shop")).next();
        KeptLines restarted = new KeptLines(new ServerSettings.Kept(100, 1 << 20));
        write(restarted, HELLO, "b");
        assertThat(texts(read(restarted, query("shop", before, 10, Duration.ZERO)))).isEqualTo("b");
    }

    private KeptLines stored(long bytes) throws IOException {
        return new KeptLines(
                new ServerSettings.Kept(3, 1 << 20),
                Optional.of(new StoredLines(folder.resolve("logs"), bytes)));
    }

    private static List<String> told(LogPage page) {
        return page.lines().stream().map(LogLine::line).toList();
    }

    @Test
    void whatHasLeftTheMemoryIsReadFromTheDisk() throws Exception {
        KeptLines lines = stored(1 << 20);
        for (int i = 0; i < 9; i++) {
            write(lines, HELLO, "line " + i);
        }
        assertThat(told(lines.read(query("shop", 0, 1000, Duration.ZERO))))
                .containsExactly(
                        "line 0", "line 1", "line 2", "line 3", "line 4", "line 5", "line 6",
                        "line 7", "line 8");
        assertThat(told(lines.read(query("shop", 0, 4, Duration.ZERO))))
                .containsExactly("line 5", "line 6", "line 7", "line 8");
        assertThat(lines.read(query("other", 0, 4, Duration.ZERO)).lines()).isEmpty();
    }

    @Test
    void whoGoesOnReadsTheDiskFirst() throws Exception {
        KeptLines lines = stored(1 << 20);
        for (int i = 0; i < 9; i++) {
            write(lines, HELLO, "line " + i);
        }
        long first = lines.read(query("shop", 0, 1000, Duration.ZERO)).lines().getFirst().number();
        LogPage page = lines.read(query("shop", first, 3, Duration.ZERO));
        assertThat(told(page)).containsExactly("line 1", "line 2", "line 3");
        page = lines.read(query("shop", page.next(), 4, Duration.ZERO));
        assertThat(told(page)).containsExactly("line 4", "line 5", "line 6", "line 7");
        page = lines.read(query("shop", page.next(), 4, Duration.ZERO));
        assertThat(told(page)).containsExactly("line 8");
    }

    @Test
    void linesOutliveTheServer() throws Exception {
        KeptLines before = stored(1 << 20);
        write(before, HELLO, "before");
        Files.writeString(folder.resolve("logs").resolve("0000000000000000001.lines"), "1\thalf a");
        KeptLines after = stored(1 << 20);
        write(after, HELLO, "after");
        assertThat(told(after.read(query("shop", 0, 1000, Duration.ZERO))))
                .containsExactly("before", "after");
    }

    @Test
    @Tag("limit:logs.stored_bytes")
    void theOldestFilesMakeRoom() throws Exception {
        KeptLines lines = stored(80_000);
        for (int i = 0; i < 200; i++) {
            write(lines, HELLO, "x".repeat(1_000));
        }
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isBetween(60_000L, 80_000L);
        assertThat(lines.read(query("shop", 0, 1000, Duration.ZERO)).lines())
                .hasSizeBetween(50, 80);
    }
}
