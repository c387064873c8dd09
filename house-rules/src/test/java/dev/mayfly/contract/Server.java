package dev.mayfly.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mayfly up} in a process of its own, on a free port, with what it logs. */
final class Server implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://[^:]+:(\\d+)");
    private static final Path LAUNCHER = Path.of("").toAbsolutePath().resolveSibling("mayfly");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    private Server(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::follow);
    }

    /** Serves the app in {@code folder}; {@code environment} holds server settings. */
    static Server start(Path folder, Map<String, String> environment) {
        Server server = new Server(launch(folder, environment));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        await().atMost(PATIENCE).until(() -> !server.process.isAlive() || server.found().find());
        return server;
    }

    /** Runs {@code mayfly up} on an app it must refuse, and gives what it said. */
    static Refusal refusal(Path folder) {
        try (Server server = new Server(launch(folder, Map.of()))) {
            if (!server.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it serves: " + server.log);
            }
            await().atMost(PATIENCE).until(() -> !server.log.isEmpty());
            return new Refusal(server.process.exitValue(), String.join("\n", server.log));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How {@code mayfly up} ended without serving. */
    record Refusal(int exitCode, String output) {}

    private static Process launch(Path folder, Map<String, String> environment) {
        List<String> command =
                List.of(
                        LAUNCHER.toString(),
                        "up",
                        folder.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--log-format",
                        "json");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().forEach(log::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Matcher found() {
        return LISTENING.matcher(String.join("\n", log));
    }

    int port() {
        Matcher listening = found();
        if (!listening.find()) {
            throw new AssertionError("not serving: " + log);
        }
        return Integer.parseInt(listening.group(1));
    }

    /** Waits for a log line that holds all of {@code parts}. */
    String logged(String... parts) {
        return await().atMost(PATIENCE)
                .until(
                        () ->
                                log.stream()
                                        .filter(line ->
                                                List.of(parts).stream().allMatch(line::contains))
                                        .findFirst()
                                        .orElse(""),
                        line -> !line.isEmpty());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
