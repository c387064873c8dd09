package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Source;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One template, loaded and asked as a server would, without the server: what its language costs is
 * all there is to see. Used by one thread.
 */
public final class TemplateTrial {
    private static final String GREETING = "hello from ";

    private final Path cache;
    private final LoadRequest request;
    private final TemplateRequest get;
    private Loader loader;

    /** As last loaded; the next load forgets it. */
    private FrozenFunction function;

    private int expectedBytes;

    /**
     * Reads the template's app.toml and loads its one function.
     *
     * @param template its folder
     * @param cache what is kept of it; empty, or that of an earlier trial of it
     * @throws IOException when its module is not there
     */
    public TemplateTrial(Path template, Path cache) throws IOException {
        this.cache = cache;
        Manifest manifest =
                valid(
                        Manifests.resolve(
                                valid(
                                        Manifests.parse(
                                                Files.readString(template.resolve("app.toml")))),
                                Map.of()));
        FunctionSpec spec = manifest.functions().values().iterator().next();
        if (!(spec.source() instanceof Source.File(String path))) {
            throw new IllegalArgumentException(spec.source() + " (expected: a file)");
        }
        byte[] module = Files.readAllBytes(template.resolve(path));
        get = new TemplateRequest(spec);
        request =
                new LoadRequest(
                        new FunctionId("bench", 0, spec.name()),
                        spec,
                        () -> module,
                        template,
                        List::of,
                        () -> new TemplateRequest(spec),
                        () -> new TemplateRequest(spec));
        loader = newLoader();
        function = load();
    }

    private static Manifest valid(Parsed<Manifest> parsed) {
        return switch (parsed) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> manifest;
            case Parsed.Invalid<Manifest>(var problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    private Loader newLoader() {
        return new Loader(RuntimeSettings.defaults(cache), (_, _) -> {});
    }

    private FrozenFunction load() {
        return switch (loader.load(request)) {
            case Loading.Ready(FrozenFunction frozen, _) -> frozen;
            case Loading.Refused(List<String> problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    /** Loads it anew, as a process does that is started now: from the cache, if it is there. */
    public void reload() {
        loader = newLoader();
        function = load();
    }

    /**
     * Brings it back from the cache as a cold function, and asks once.
     *
     * @throws IOException when the cache has lost it
     */
    public void thawAndAsk() throws IOException {
        loader = newLoader();
        function =
                loader.thaw(function.key(), function.snapshot().limits())
                        .orElseThrow(() -> new IOException("the cache has lost it"));
        ask(Sandbox.copyOf(function.snapshot()));
    }

    /**
     * Asks over and over, each time a fresh copy.
     *
     * @param nanos for how long, at least one request
     * @return nanoseconds per request
     */
    public double ask(long nanos) {
        Sandbox sandbox = Sandbox.copyOf(function.snapshot());
        long begin = System.nanoTime();
        long end = begin;
        long asked = 0;
        while (end - begin < nanos) {
            ask(sandbox);
            if (!sandbox.reset()) {
                sandbox = Sandbox.copyOf(function.snapshot());
            }
            asked++;
            end = System.nanoTime();
        }
        return (end - begin) / (double) asked;
    }

    /** A run that fails, or answers something else, would make the figures worthless. */
    private void ask(Sandbox sandbox) {
        get.begin();
        Ending ending = sandbox.call(function.entrypoint(), get);
        if (!ending.equals(Ending.Exited.SUCCESS)) {
            throw new IllegalStateException("the guest ended with " + ending);
        }
        if (expectedBytes == 0 && get.answer().contains(GREETING)) {
            expectedBytes = get.answeredBytes();
        }
        if (get.answeredBytes() != expectedBytes) {
            throw new IllegalStateException("answered " + get.answer());
        }
    }

    /** {@return what is known of its module} */
    public ModuleReport report() {
        return function.report();
    }

    /** {@return bytes that its snapshot keeps of linear memory, lines of zeros left out} */
    public long imageBytes() {
        return function.snapshot().memory().bytes();
    }

    /** {@return bytes of a copy: linear memory and tables, objects of the guest left out} */
    public long sandboxBytes() {
        return Sandbox.copyOf(function.snapshot()).bytes();
    }

    /** {@return 4 KiB pages that a request writes to} */
    public int dirtyPages() {
        Sandbox sandbox = Sandbox.copyOf(function.snapshot());
        ask(sandbox);
        sandbox.measure();
        return sandbox.dirtyPages();
    }

    /** {@return whether a copy serves another request after the first one} */
    public boolean isReset() {
        Sandbox sandbox = Sandbox.copyOf(function.snapshot());
        ask(sandbox);
        return sandbox.reset();
    }
}
