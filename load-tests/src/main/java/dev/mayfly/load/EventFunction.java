package dev.mayfly.load;

import dev.mayfly.guests.Guests;
import dev.mayfly.kafka.EventApp;
import dev.mayfly.kafka.EventLog;
import dev.mayfly.kafka.KafkaEvents;
import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.kafka.RecordName;
import dev.mayfly.kafka.TopicRules;
import dev.mayfly.kafka.TriggerStats;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.LoadRequest;
import dev.mayfly.pool.LoadResult;
import dev.mayfly.pool.RuntimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The guest {@code order-rust} behind a Kafka trigger, with the settings of a server. */
final class EventFunction implements Contestant, AutoCloseable {
    private static final String APP = "orders";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GuestRuntime runtime;
    private final KafkaEvents events;
    private final Path folder;

    EventFunction(BenchBroker broker, Path folder) {
        this.folder = folder;
        runtime =
                GuestRuntime.start(
                        RuntimeSettings.defaults(folder.resolve("cache")), (_, line) -> told(line));
        KafkaSettings settings =
                new KafkaSettings(
                        List.of(broker.address()),
                        KafkaSettings.Security.NONE,
                        new TopicRules(List.of(new TopicRules.Rule(APP, "*"))),
                        "Mayfly/bench",
                        KafkaSettings.DEFAULT_MAX_OUTPUT,
                        KafkaSettings.DEFAULT_REVOKE_TIMEOUT,
                        KafkaSettings.DEFAULT_SESSION_TIMEOUT);
        events = KafkaEvents.open(settings, new Complaints(), runtime::wake);
    }

    private static void told(String line) {
        System.err.println(line);
    }

    /** Nothing fails here, so nothing is said. */
    private static final class Complaints implements EventLog {
        @Override
        public void guestLine(FunctionId function, RecordName record, String line) {
            told(line);
        }

        @Override
        public void failure(FunctionId function, RecordName record, String cause) {
            told(cause);
        }
    }

    @Override
    public String name() {
        return "function";
    }

    @Override
    public AutoCloseable begin(List<String> inputs, String output, String group) throws Exception {
        Manifest manifest = manifest(inputs, output, group);
        GuestFunction function = load(manifest);
        events.serve(List.of(new EventApp(APP, 1, manifest, Map.of(APP, function))));
        awaitPartitions(inputs.size() * BenchBroker.PARTITIONS);
        return () -> {
            events.serve(List.of());
            function.close();
        };
    }

    private static Manifest manifest(List<String> inputs, String output, String group) {
        String topics = String.join("\", \"", inputs);
        return valid(
                Manifests.resolve(
                        valid(
                                Manifests.parse(
                                        """
                                        manifest_version = 1
                                        [app]
                                        name = "orders"
                                        [[trigger.kafka]]
                                        topics = ["%s"]
                                        function = "orders"
                                        group = "%s"
                                        start_from = "earliest"
                                        output_topic = "%s"
                                        [function.orders]
                                        source = "order-rust.wasm"
                                        """
                                                .formatted(topics, group, output))),
                        Map.of()));
    }

    private static <T> T valid(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(var problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    private GuestFunction load(Manifest manifest) {
        LoadRequest request =
                new LoadRequest(
                        new FunctionId(APP, 1, APP),
                        Objects.requireNonNull(manifest.functions().get(APP)),
                        () -> Guests.module("order-rust"),
                        folder,
                        List::of,
                        NoRequest::new,
                        NoRequest::new);
        return switch (runtime.load(request)) {
            case LoadResult.Loaded loaded -> loaded.function();
            case LoadResult.Unloadable(List<String> problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    private void awaitPartitions(int count) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (partitions() < count) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(partitions() + " partitions (expected: " + count + ")");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private int partitions() {
        return events.stats().stream().map(TriggerStats::partitions).mapToInt(List::size).sum();
    }

    @Override
    public void close() {
        events.drain(PATIENCE);
        events.close();
        runtime.close();
    }
}
