package dev.mayfly.pool;

import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A guest that is ready to be measured.
 *
 * @param function loaded and frozen
 * @param request what it is asked, over and over
 */
record BenchGuest(FrozenFunction function, BenchRequest request) {
    /**
     * Loads a guest as {@code mayfly up} would.
     *
     * @param guest its name and its entrypoint, {@code hello-c/_start}
     */
    static BenchGuest load(String guest) throws IOException {
        String module = guest.substring(0, guest.indexOf('/'));
        String entrypoint = guest.substring(guest.indexOf('/') + 1);
        Path folder = Files.createTempDirectory("mayfly-bench");
        LoadRequest request =
                new LoadRequest(
                        new FunctionId("bench", 0, module),
                        Objects.requireNonNull(manifest(entrypoint).functions().get("guest")),
                        () -> Guests.module(module),
                        folder,
                        List::of,
                        BenchRequest::new,
                        BenchRequest::new);
        return switch (new Loader(RuntimeSettings.defaults(folder), (_, _) -> {}).load(request)) {
            case Loading.Ready(FrozenFunction function, _) ->
                    new BenchGuest(function, new BenchRequest());
            case Loading.Refused(List<String> problems) ->
                    throw new IllegalArgumentException(guest + ": " + problems);
        };
    }

    private static Manifest manifest(String entrypoint) {
        String toml =
                """
                manifest_version = 1
                [app]
                name = "bench"
                [[trigger.http]]
                route = "/..."
                function = "guest"
                [function.guest]
                source = "guest.wasm"
                entrypoint = "%s"
                """
                        .formatted(entrypoint);
        return switch (Manifests.parse(toml)) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> manifest;
            case Parsed.Invalid<Manifest>(var problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    Sandbox sandbox() {
        return Sandbox.copyOf(function.snapshot());
    }

    /** Runs one request; a run that fails would make the figures worthless. */
    void run(Sandbox sandbox) {
        if (!sandbox.call(function.entrypoint(), request).equals(Ending.Exited.SUCCESS)) {
            throw new IllegalStateException("the guest failed");
        }
    }
}
