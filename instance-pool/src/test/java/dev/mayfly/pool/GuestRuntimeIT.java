package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs from real compilers, from their bytes to their answers. */
class GuestRuntimeIT {
    @TempDir Path folder;
    private GuestRuntime runtime;

    @BeforeEach
    void start() {
        var settings =
                new RuntimeSettings(4, 8, 1L << 30, folder.resolve("cache"), 1L << 30, true, true);
        runtime = GuestRuntime.start(settings, (function, line) -> {});
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aLoadedProgramAnswersEachRequestAfresh() {
        GuestFunction echo = load("echo-c", Limits.DEFAULT);
        for (int i = 0; i < 50; i++) {
            assertThat(ask(echo, "count").text()).contains("count 1\n");
        }
        await().until(() -> echo.stats().resets() == 50);
        assertThat(echo.stats().discards()).isZero();
    }

    @Test
    void aProgramThatComputesForEverEndsAtItsDeadline() {
        Duration limit = Duration.ofMillis(100);
        GuestFunction echo = load("echo-c", Spinners.limits(limit, limit, 1, 1));
        assertThat(ask(echo, "loop").outcome()).isEqualTo(new Outcome.DeadlineExceeded(limit));
        assertThat(ask(echo, "sleep=10000").outcome())
                .isEqualTo(new Outcome.DeadlineExceeded(limit));
        assertThat(ask(echo, "count").outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void aProgramThatRecursesForEverTraps() {
        GuestFunction echo = load("echo-c", Limits.DEFAULT);
        assertThat(ask(echo, "recurse").outcome()).isInstanceOf(Outcome.Trapped.class);
        assertThat(ask(echo, "count").text()).contains("count 1\n");
    }

    @Test
    void memoryThatARunGrewCountsWhileItsSandboxKeepsIt() {
        GuestFunction echo = load("echo-c", Limits.DEFAULT);
        askAndRest(echo, "count");
        long before = runtime.budget().used();
        askAndRest(echo, "grow=16");
        assertThat(runtime.budget().used()).isGreaterThanOrEqualTo(before + (16 << 16));
        askAndRest(echo, "grow=512");
        assertThat(echo.stats().idleSandboxes()).as("grown beyond what is worth keeping").isZero();
        assertThat(runtime.budget().used()).isLessThan(before);
        echo.close();
        assertThat(runtime.budget().used()).isZero();
    }

    @Test
    void whatARunUsedIsToldHoweverItEnded() {
        Duration limit = Duration.ofMillis(100);
        GuestFunction echo = load("echo-c", Spinners.limits(limit, limit, 1, 1));
        Evidence little = ask(echo, "count").await().evidence();
        assertThat(little.hostCalls()).isPositive();
        assertThat(little.dirtyPages()).isPositive();
        assertThat(little.grownPages()).isZero();
        Evidence more = ask(echo, "count&yield&yield&yield").await().evidence();
        assertThat(more.hostCalls()).isEqualTo(little.hostCalls() + 3);
        for (String end : List.of("", "&exit=3", "&trap", "&loop")) {
            Evidence grown = ask(echo, "grow=3" + end).await().evidence();
            assertThat(grown.grownPages()).as(end).isEqualTo(3);
            assertThat(grown.memoryPages()).as(end).isEqualTo(little.memoryPages() + 3);
            assertThat(grown.dirtyPages()).as(end).isGreaterThanOrEqualTo(3 * 16);
        }
    }

    @Test
    @Tag("limit:Crews.LARGEST_STACK")
    void aStackLargerThanAnyIsRefusedAtLoad() {
        var limits = Spinners.limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, 1L << 30);
        assertThat(runtime.load(request("echo-c", limits)))
                .isEqualTo(
                        new LoadResult.Unloadable(
                                List.of(
                                        "a stack of 1073741824 bytes is more than any guest gets;"
                                                + " set limits.stack to 64MiB or less")));
    }

    @Test
    void moreReadySandboxesThanRunAtOnceAreNotMadeWhichTheLoadSays() {
        Duration limit = Duration.ofSeconds(1);
        LoadRequest wish =
                request(
                        "hello-c",
                        Spinners.limits(limit, limit, 2, 1),
                        new FunctionSpec.Pool(Duration.ofMinutes(1), 3));
        var loaded = (LoadResult.Loaded) runtime.load(wish);
        assertThat(loaded.function().stats().idleSandboxes()).isEqualTo(2);
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .startsWith("pool.min_ready is 3, but no more than 2 of its runs");
    }

    /** An answer may be there while its sandbox is on its way back: the next would not find it. */
    private void askAndRest(GuestFunction function, String query) {
        ask(function, query);
        await().until(() -> function.stats().runningSandboxes() == 0);
    }

    private Request ask(GuestFunction function, String query) {
        var request = new Request(query);
        function.submit(request);
        runtime.wake();
        request.await();
        return request;
    }

    private GuestFunction load(String guest, Limits limits) {
        LoadResult result = runtime.load(request(guest, limits));
        assertThat(result).isInstanceOf(LoadResult.Loaded.class);
        return ((LoadResult.Loaded) result).function();
    }

    private LoadRequest request(String guest, Limits limits) {
        return request(guest, limits, FunctionSpec.Pool.DEFAULT);
    }

    private LoadRequest request(String guest, Limits limits, FunctionSpec.Pool pool) {
        return new LoadRequest(
                new FunctionId("app", 0, guest),
                Specs.of(limits, pool),
                () -> Guests.module(guest),
                folder,
                List::of,
                () -> new Request(""),
                () -> new Request(""));
    }

    /** A request that consists of its query. */
    private static final class Request extends Errand implements Rehearsal {
        private final String query;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();

        Request(String query) {
            super(new byte[0]);
            this.query = query;
        }

        String text() {
            await();
            return output.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void environment(StringBlock block) {
            byte[] entry = ("QUERY_STRING=" + query + "\0").getBytes(StandardCharsets.UTF_8);
            block.append(entry, new int[] {0});
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            output.write(from, offset, length);
        }

        @Override
        public String description() {
            return "GET /?" + query;
        }

        @Override
        public Optional<String> complaint() {
            return Optional.empty();
        }
    }
}
