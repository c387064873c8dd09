package dev.mayfly.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.EchoReport;
import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.FunctionSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guest that tests of events are made with obeys as guests/README.md says. */
class EventGuestIT {
    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration PLENTY = Duration.ofSeconds(30);

    @TempDir Path folder;
    private GuestRuntime runtime;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(folder.resolve("gates"));
        var settings =
                new RuntimeSettings(4, 8, 1L << 30, folder.resolve("cache"), 1L << 30, true, true);
        runtime = GuestRuntime.start(settings, (function, line) -> {});
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aValueWithoutCommandsIsReportedWithAllThatCameBesideIt() {
        Event event = run(Map.of("KAFKA_KEY", "k1"), "{\"a\":1}");
        EchoReport report = EchoReport.of(event.output());
        assertThat(report.environment()).containsEntry("KAFKA_KEY", "k1");
        assertThat(report.stdin()).isEqualTo("{\"a\":1}");
    }

    @Test
    void theValueSaysWhatComesOutAndHowTheRunEnds() {
        assertThat(text("a=1&echo")).isEqualTo("a=1&echo");
        assertThat(text("text=Kafka-Key:%20a%0A%0Ab")).isEqualTo("Kafka-Key: a\n\nb");
        assertThat(text("bytes=1000")).hasSize(1_000).startsWith("abc");
        assertThat(text("nothing")).isEmpty();
        assertThat(outcome("exit=3")).isEqualTo(new Outcome.Exited(3));
        assertThat(outcome("trap")).isInstanceOf(Outcome.Trapped.class);
        assertThat(outcome("hoard")).isInstanceOf(Outcome.Trapped.class);
        GuestFunction hurried = load(LIMIT);
        for (String endless : List.of("hang", "loop")) {
            assertThat(run(hurried, Map.of(), endless).outcome())
                    .isEqualTo(new Outcome.DeadlineExceeded(LIMIT));
        }
        assertThat(run(Map.of(), "stderr=oh%0A&exit=1").log()).containsExactly("oh");
    }

    @Test
    void whatStandsBehindAConditionIsDoneWhenItHolds() {
        var first = Map.of("KAFKA_ATTEMPT", "2", "KAFKA_KEY", "k7");
        assertThat(run(first, "upto=2&text=a&always&upto=1&text=b").text()).isEqualTo("a");
        assertThat(run(first, "after=1&text=a&always&after=2&text=b").text()).isEqualTo("a");
        assertThat(run(first, "key=k8&text=a&key=k7&text=b&always&text=c").text()).isEqualTo("c");
        assertThat(run(first, "percent=0&trap&always&percent=100&text=a").text()).isEqualTo("a");
    }

    @Test
    void theFunctionsOwnVariableIsObeyedBeforeTheValue() {
        var own = Map.of("EVENT_DO", "variable=WORD&key=k&exit=1", "WORD", "v2:");
        assertThat(run(own, "text=x").text()).isEqualTo("v2:x");
    }

    @Test
    void aTestSaysWhenItGoesOnByMakingAFile() throws IOException {
        var event = new Event(Map.of(), "await=/gates/first&text=a");
        load(PLENTY).submit(event);
        runtime.wake();
        Files.createFile(folder.resolve("gates/first"));
        assertThat(event.outcome()).isEqualTo(new Outcome.Exited(0));
        assertThat(event.text()).isEqualTo("a");
    }

    private String text(String value) {
        return run(Map.of(), value).text();
    }

    private Outcome outcome(String value) {
        return run(Map.of(), value).outcome();
    }

    private Event run(Map<String, String> environment, String value) {
        return run(load(PLENTY), environment, value);
    }

    private Event run(GuestFunction function, Map<String, String> environment, String value) {
        var event = new Event(environment, value);
        function.submit(event);
        runtime.wake();
        event.await();
        return event;
    }

    private GuestFunction load(Duration limit) {
        LoadResult result =
                runtime.load(
                        new LoadRequest(
                                new FunctionId("app", 0, "event-rust"),
                                Specs.of(
                                        Spinners.limits(limit, limit, 1, 10),
                                        FunctionSpec.Pool.DEFAULT,
                                        List.of(new FunctionSpec.Mount("gates", "/gates"))),
                                () -> Guests.module("event-rust"),
                                folder,
                                List::of,
                                () -> new Event(Map.of(), ""),
                                () -> new Event(Map.of(), "")));
        assertThat(result).isInstanceOf(LoadResult.Loaded.class);
        return ((LoadResult.Loaded) result).function();
    }

    /** An event as a trigger would hand it over. */
    private static final class Event extends Errand implements Rehearsal {
        private final Map<String, String> environment;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final List<String> log = new ArrayList<>();

        Event(Map<String, String> environment, String value) {
            super(value.getBytes(UTF_8));
            this.environment = environment;
        }

        byte[] output() {
            return output.toByteArray();
        }

        String text() {
            return output.toString(ISO_8859_1);
        }

        List<String> log() {
            return log;
        }

        @Override
        public void environment(StringBlock block) {
            environment.forEach((name, value) -> {
                byte[] entry = (name + "=" + value + "\0").getBytes(UTF_8);
                block.append(entry, new int[] {0});
            });
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            output.write(from, offset, length);
        }

        @Override
        public void logLine(String line) {
            log.add(line);
        }

        @Override
        public String description() {
            return "an event";
        }

        @Override
        public Optional<String> complaint() {
            return Optional.empty();
        }
    }
}
