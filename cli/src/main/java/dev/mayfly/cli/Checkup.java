package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * What was found on a machine.
 *
 * @param system what kind it is
 * @param states of each tool
 * @param remedy what mends them
 */
record Checkup(HostSystem system, Map<Tool, ToolState> states, Remedy remedy) {
    /** Some start a Java, and others are at work as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    Checkup {
        states = Collections.unmodifiableMap(new EnumMap<>(states));
    }

    /**
     * {@return what there is; all are looked for at once}
     *
     * @param folder where builds run
     * @param environment of builds
     */
    static Checkup of(Path folder, Map<String, String> environment) throws IOException {
        return of(new ToolProbe(folder, environment, PATIENCE), HostSystem.ofMachine());
    }

    static Checkup of(ToolProbe probe, HostSystem system) throws IOException {
        Executor threads = Thread::startVirtualThread;
        Map<Tool, CompletableFuture<ToolState>> looking = new EnumMap<>(Tool.class);
        for (Tool tool : Tool.values()) {
            looking.put(tool, CompletableFuture.supplyAsync(() -> look(probe, tool), threads));
        }
        Map<Tool, ToolState> states = new EnumMap<>(Tool.class);
        try {
            looking.forEach((tool, state) -> states.put(tool, state.join()));
        } catch (CompletionException e) {
            throw new IOException("a tool could not be looked for: " + e.getCause(), e);
        }
        Remedy remedy =
                new Remedy(
                        system,
                        new Programs(probe.environment()).find("rustup").isPresent(),
                        Objects.requireNonNull(states.get(Tool.CLANG)).version(),
                        Objects.requireNonNull(states.get(Tool.RUSTC)).version());
        return new Checkup(system, states, remedy);
    }

    private static ToolState look(ToolProbe probe, Tool tool) {
        try {
            return probe.look(tool);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
