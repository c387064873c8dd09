package dev.mayfly.kafka;

import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.LoadRequest;
import dev.mayfly.pool.LoadResult;
import dev.mayfly.pool.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker and a guest runtime, both real, that the tests of this package share. */
final class Stage {
    private static final Map<Broker, Stage> SHARED = new EnumMap<>(Broker.class);

    private final Path folder;
    private final GuestRuntime runtime;
    private final AtomicInteger names = new AtomicInteger();
    private final Broker.Seat broker;

    private Stage(Broker kind, Path folder) throws IOException {
        this.folder = folder;
        broker = kind.open(folder.resolve("broker"));
        runtime =
                GuestRuntime.start(RuntimeSettings.defaults(folder.resolve("cache")), (_, _) -> {});
    }

    static synchronized Stage shared(Broker kind) throws IOException {
        Stage there = SHARED.get(kind);
        if (there == null) {
            there = new Stage(kind, Files.createTempDirectory("mayfly-stage"));
            SHARED.put(kind, there);
        }
        return there;
    }

    String address() {
        return broker.address();
    }

    GuestRuntime runtime() {
        return runtime;
    }

    void stopBroker() {
        broker.stop();
    }

    void startBrokerAgain() throws IOException {
        broker.startAgain();
    }

    /** A name that no other test has. */
    String name(String stem) {
        return stem + "-" + names.incrementAndGet();
    }

    KafkaSettings settings(Duration revokeTimeout) {
        return settings(address(), revokeTimeout);
    }

    /** Of a gateway that is missed as soon as brokers allow. */
    static KafkaSettings settings(String address, Duration revokeTimeout) {
        return new KafkaSettings(
                List.of(address),
                KafkaSettings.Security.NONE,
                new TopicRules(List.of(new TopicRules.Rule("*", "*"))),
                "Mayfly/test",
                KafkaSettings.DEFAULT_MAX_OUTPUT,
                revokeTimeout,
                Duration.ofSeconds(6));
    }

    KafkaEvents events(EventLog log) {
        return KafkaEvents.open(settings(Duration.ofSeconds(10)), log, runtime::wake);
    }

    /**
     * An app with one trigger of the function {@code f}.
     *
     * @param trigger keys of the trigger
     * @param function keys of the function
     */
    EventApp app(String name, long revision, String trigger, String function) {
        return loaded(name, revision, manifest(name, trigger, function));
    }

    /** The same, with a group that begins with the newest record. */
    EventApp latest(String name, String trigger, String function) {
        String earliest = "start_from = \"earliest\"\n";
        return loaded(name, 1, parsed(toml(name, trigger, function).replace(earliest, "")));
    }

    private EventApp loaded(String name, long revision, Manifest manifest) {
        Map<String, GuestFunction> functions = new HashMap<>();
        functions.put("f", load(runtime, folder, new FunctionId(name, revision, "f"), manifest));
        return new EventApp(name, revision, manifest, functions);
    }

    static Manifest manifest(String name, String trigger, String function) {
        return parsed(toml(name, trigger, function));
    }

    private static String toml(String name, String trigger, String function) {
        return "manifest_version = 1\n[app]\nname = \""
                + name
                + "\"\n[[trigger.kafka]]\nfunction = \"f\"\nstart_from = \"earliest\"\n"
                + trigger
                + "\n[function.f]\nsource = \"f.wasm\"\n"
                + function;
    }

    private static Manifest parsed(String toml) {
        return switch (Manifests.parse(toml)) {
            case Parsed.Valid<Manifest>(Manifest valid) -> resolved(valid);
            case Parsed.Invalid<Manifest> invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private static Manifest resolved(Manifest manifest) {
        return switch (Manifests.resolve(manifest, Map.of())) {
            case Parsed.Valid<Manifest>(Manifest valid) -> valid;
            case Parsed.Invalid<Manifest> invalid -> throw new AssertionError(invalid.problems());
        };
    }

    static GuestFunction load(GuestRuntime runtime, Path folder, FunctionId id, Manifest manifest) {
        var spec = Optional.ofNullable(manifest.functions().get(id.function())).orElseThrow();
        LoadRequest request =
                new LoadRequest(
                        id,
                        spec,
                        () -> Guests.module("event-rust"),
                        folder,
                        List::of,
                        QuietRequest::new,
                        QuietRequest::new);
        return switch (runtime.load(request)) {
            case LoadResult.Loaded loaded -> loaded.function();
            case LoadResult.Unloadable(List<String> problems) -> throw new AssertionError(problems);
        };
    }

    Path folder() {
        return folder;
    }
}
