package dev.mayfly.pool;

import dev.mayfly.manifest.ArgvTemplate;
import dev.mayfly.manifest.FunctionSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;

/** A loader and the requests tests make of it. */
final class LoadBench {
    private final Loader loader;
    private final Path folder;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Rehearsal> warmups = new ArrayList<>();
    private Optional<String> entrypoint = Optional.empty();
    private Map<String, String> environment = Map.of();
    private boolean allowEntropy;
    private int memoryPages = FunctionSpec.Limits.DEFAULT.memoryPages();
    private Duration timeout = FunctionSpec.Limits.DEFAULT.timeout();
    private List<FunctionSpec.Mount> mounts = List.of();

    LoadBench(Path folder) {
        this(folder, RuntimeSettings.defaults(folder.resolve("cache")));
    }

    LoadBench(Path folder, RuntimeSettings settings) {
        this.folder = folder;
        this.loader = new Loader(settings, (function, line) -> lines.add(line));
    }

    LoadBench warmup(Rehearsal request) {
        warmups.add(request);
        return this;
    }

    LoadBench entrypoint(String name) {
        entrypoint = Optional.of(name);
        return this;
    }

    LoadBench environment(String name, String value) {
        environment = Map.of(name, value);
        return this;
    }

    LoadBench allowEntropy() {
        allowEntropy = true;
        return this;
    }

    LoadBench memoryPages(int pages) {
        memoryPages = pages;
        return this;
    }

    LoadBench timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    LoadBench mount(String source) {
        mounts = List.of(new FunctionSpec.Mount(source, "/" + source));
        return this;
    }

    /** What the module wrote while it was loaded. */
    List<String> lines() {
        return lines;
    }

    Loading load(byte[] module) {
        return loader.load(request(module));
    }

    /** {@code frozen} again, from what is kept of it. */
    Optional<FrozenFunction> thaw(FrozenFunction frozen) {
        return loader.thaw(frozen.key(), frozen.snapshot().limits());
    }

    boolean keeps(FrozenFunction frozen) {
        return loader.keeps(frozen);
    }

    ModuleInspection inspect(byte[] module) {
        return loader.inspect(request(module));
    }

    Loading.Ready ready(byte[] module) {
        Loading loading = load(module);
        Assertions.assertThat(loading).isInstanceOf(Loading.Ready.class);
        return (Loading.Ready) loading;
    }

    List<String> problems(byte[] module) {
        Loading loading = load(module);
        Assertions.assertThat(loading).isInstanceOf(Loading.Refused.class);
        return ((Loading.Refused) loading).problems();
    }

    /** What a fresh copy of {@code frozen} answers at {@code entrypoint}. */
    static String answer(Snapshot frozen, int entrypoint, String path) {
        SampleRequest request = new SampleRequest(path);
        Ending ending = Sandbox.copyOf(frozen).call(entrypoint, request);
        Assertions.assertThat(ending).isEqualTo(Ending.Exited.SUCCESS);
        return request.output();
    }

    /** A module of {@code modules/}, assembled by hand from the text beside it. */
    static byte[] handmade(String name) {
        try (InputStream in = LoadBench.class.getResourceAsStream("/modules/" + name + ".wasm")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LoadRequest request(byte[] module) {
        FunctionSpec.Limits usual = FunctionSpec.Limits.DEFAULT;
        FunctionSpec.Limits limits =
                new FunctionSpec.Limits(
                        memoryPages,
                        timeout,
                        usual.queueTimeout(),
                        timeout,
                        Optional.empty(),
                        usual.queue(),
                        usual.stackBytes(),
                        usual.requestBodyBytes(),
                        usual.responseBodyBytes(),
                        usual.logBytes());
        FunctionSpec spec =
                new FunctionSpec(
                        "tested",
                        new FunctionSpec.Source.File("tested.wasm"),
                        entrypoint,
                        ArgvTemplate.DEFAULT,
                        environment,
                        mounts,
                        new FunctionSpec.Access(
                                List.of(), List.of(), FunctionSpec.Activations.META),
                        FunctionSpec.BodyMode.BUFFER,
                        limits,
                        FunctionSpec.Pool.DEFAULT,
                        new FunctionSpec.Snapshot(List.of(), allowEntropy),
                        List.of(),
                        Optional.empty());
        return new LoadRequest(
                new FunctionId("app", 0, "tested"),
                spec,
                () -> module,
                folder,
                () -> warmups,
                () -> new SampleRequest("/"),
                () -> new SampleRequest("/"));
    }
}
