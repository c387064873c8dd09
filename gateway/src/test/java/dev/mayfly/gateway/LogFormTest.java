package dev.mayfly.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.RequestName;
import dev.mayfly.http.TraceContext;
import dev.mayfly.kafka.RecordName;
import dev.mayfly.pool.FunctionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LogFormTest {
    private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05.006Z");
    private static final FunctionId HELLO = new FunctionId("shop", 0, "hello");

    private static final RequestName ID = new RequestName("id1", "7f");

    private static PastRequest request(String target) {
        return new PastRequest(
                new RouteTallies.Key("shop", 3, "/...", "hello"),
                "id1",
                "GET",
                target,
                200,
                12,
                TimeUnit.SECONDS.toNanos(WHEN.getEpochSecond()) + WHEN.getNano(),
                1_234_567,
                89_000,
                new TraceContext(1, 0x7f, 0, 3, 1, ""),
                null,
                null);
    }

    private static String render(LogForm form, LogEntry entry) {
        LineBytes line = new LineBytes();
        form.render(entry, line);
        return line.toString();
    }

    @Test
    void jsonIsOneFlatObjectALine() {
        assertThat(render(new JsonForm(), request("/a\"b")))
                .isEqualTo(
                        "{\"time\":\"2026-01-02T03:04:05.006Z\",\"kind\":\"request\",\"app\":\"shop\",\"revision\":3,"
                                + "\"function\":\"hello\",\"route\":\"/...\",\"method\":\"GET\","
                                + "\"path\":\"/a\\\"b\",\"status\":200,\"bytes\":12,"
                                + "\"duration_us\":1234,\"guest_us\":89,\"request_id\":\"id1\",\"trace_id\":\"0000000000000001000000000000007f\"}");
        assertThat(render(new JsonForm(), new LogEntry.GuestLine(WHEN, HELLO, ID, "a\tb")))
                .contains("\"kind\":\"guest\"", "\"line\":\"a\\u0009b\"", "\"revision\":0");
        assertThat(render(new JsonForm(), new LogEntry.Failure(WHEN, HELLO, ID, "x\ny")))
                .contains("\"kind\":\"failure\"", "\"cause\":\"x\\u000ay\"");
        assertThat(render(new JsonForm(), new LogEntry.Dropped(WHEN, 7)))
                .contains("\"kind\":\"dropped\",\"count\":7}");
    }

    @Test
    void aRecordsLinesCarryItsTraceAsARequestsDo() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LogWriter writer = new LogWriter(new JsonForm(), out)) {
            Journal journal = new Journal(writer, true);
            journal.guestLine(HELLO, new RecordName("id7", "5e"), "said");
            journal.failure(HELLO, new RecordName("id7", "5e"), "trap");
        }
        assertThat(out.toString(UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"request_id\":\"id7\",\"trace_id\":\"5e\""));
    }

    @Test
    void aRequestThatMatchedNoRouteHasAnEmptyOneAndNoFunction() {
        PastRequest lost =
                new PastRequest(null, "id1", "GET", "/a?b", 404, 9, 0, 1000, -1, null, null, null);
        assertThat(render(new JsonForm(), lost))
                .contains(
                        "\"kind\":\"request\",\"app\":\"\",\"route\":\"\",\"method\":\"GET\",\"path\":\"/a\",",
                        "\"duration_us\":1,\"request_id\":\"id1\"}");
        assertThat(render(new TextForm(), lost)).endsWith(" - id1 GET /a 404 9 B 0.001 ms");
    }

    @Test
    void momentsAreWrittenAsInstantsAre() {
        MomentText moments = new MomentText();
        for (String text :
                List.of(
                        "2026-01-02T03:04:05.006Z",
                        "2026-01-02T03:04:05Z",
                        "2026-01-02T03:04:06.000007Z",
                        "2026-01-02T03:04:06.123456789Z",
                        "2026-01-02T03:04:06.000000001Z",
                        "2026-12-31T23:59:59.900Z")) {
            LineBytes written = new LineBytes();
            moments.append(Instant.parse(text), written);
            assertThat(written).hasToString(text);
        }
    }

    @Test
    void textNamesFunctionAndRequestFirst() {
        assertThat(render(new TextForm(), request("/a")))
                .endsWith("hello@3 id1 GET /a 200 12 B 1.234 ms (guest 0.089 ms)");
        assertThat(render(new TextForm(), new LogEntry.GuestLine(WHEN, HELLO, ID, "said")))
                .endsWith(" hello id1 | said");
        assertThat(
                        render(
                                new TextForm(),
                                new LogEntry.GuestLine(WHEN, HELLO, RequestName.NONE, "loading")))
                .endsWith(" hello | loading");
        assertThat(render(new TextForm(), new LogEntry.Failure(WHEN, HELLO, ID, "trap")))
                .endsWith(" hello id1 ! trap");
    }

    @Test
    void whatIsNotAsciiIsWrittenInUtf8() {
        String path = "/caf\u00e9/\u4f60/\ud83d\ude00/\u0141\u0122";
        assertThat(render(new JsonForm(), request(path))).contains("\"path\":\"" + path + "\"");
        assertThat(render(new TextForm(), request(path))).contains(" " + path + " ");
    }

    @Test
    void numbersAreWrittenAsLongsAre() {
        long[] numbers = {
            0, 9, 10, 99, 100, 12_345, Long.MAX_VALUE, -1, -10, Long.MIN_VALUE, 1_000_000_000_000L
        };
        for (long number : numbers) {
            assertThat(new LineBytes().number(number)).hasToString(Long.toString(number));
        }
        assertThat(new LineBytes().padded(7, 3).sign(' ').padded(999, 3)).hasToString("007 999");
        assertThat(new LineBytes().hex(-1L).hex(0x1f))
                .hasToString("f".repeat(16) + "000000000000001f");
    }

    @Test
    void aLineMayBeLongerThanAnyBefore() throws IOException {
        LineBytes line = new LineBytes();
        String text = "a".repeat(10_000);
        line.sign('<').json(text).plain(text).text(text).piece(text.getBytes(UTF_8)).number(5);
        assertThat(line).hasToString("<" + text.repeat(4) + "5");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line.pass(out);
        assertThat(out.toString(UTF_8)).hasSize(40_002);
        assertThat(line.length()).isZero();
    }

    @Test
    void noPathCanMoveTheCursorOrBeginALine() {
        String path = "/\u001b[2J\r\n\u009b\u0000";
        assertThat(render(new TextForm(), request(path)))
                .contains("/\\u001b[2J\\u000d\\u000a\\u009b\\u0000")
                .doesNotContain("\u001b", "\n", "\u009b");
        assertThat(render(new JsonForm(), request(path + "\ud800")))
                .contains("\\ud800")
                .doesNotContain("\u001b", "\n");
    }

    @Test
    @Tag("limit:LogQueue.MOST_WAITING")
    void whoLogsNeverWaitsAndWhatIsLostIsCounted() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger lines = new AtomicInteger();
        LogWriter writer = new LogWriter((entry, line) -> wait(open, lines), sink());
        for (int i = 0; i < 20_000; i++) {
            writer.add(request("/a"));
        }
        assertThat(writer.dropped()).isBetween(20_000L - 8192 - 1, 20_000L - 8192);
        open.countDown();
        writer.close();
        assertThat(lines.get() + writer.dropped()).isEqualTo(20_001);
    }

    private static OutputStream sink() {
        return OutputStream.nullOutputStream();
    }

    private static void wait(CountDownLatch open, AtomicInteger lines) {
        try {
            open.await();
            lines.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anOutputThatFailsEndsTheWritingNotTheServer() {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("closed");
                    }
                };
        LogWriter writer = new LogWriter(new TextForm(), broken);
        writer.add(request("/a"));
        writer.close();
        writer.add(request("/b"));
        assertThat(writer.dropped()).isZero();
    }
}
