package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A {@code mayfly up} as a process of its own, on a free port. */
final class ServedApp implements AutoCloseable {
    private static final String LISTENING = "listening on ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();

    private ServedApp(Process process) {
        this.process = process;
        follow(process.inputReader(), out);
        follow(process.errorReader(), err);
    }

    static ServedApp start(ProcessBuilder up) throws IOException {
        ServedApp app = new ServedApp(up.start());
        await().atMost(PATIENCE).until(() -> app.listens() || !app.process.isAlive());
        assertThat(app.listens()).as(app.err.toString()).isTrue();
        return app;
    }

    private static void follow(BufferedReader reader, List<String> lines) {
        Thread.startVirtualThread(() -> {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException gone) {
                lines.add("(no more lines: " + gone.getMessage() + ")");
            }
        });
    }

    private boolean listens() {
        return out.stream().anyMatch(line -> line.startsWith(LISTENING));
    }

    URI uri() {
        return out.stream()
                .filter(line -> line.startsWith(LISTENING))
                .map(line -> URI.create(line.substring(LISTENING.length())))
                .findFirst()
                .orElseThrow();
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri().resolve(target)).build();
        return client.send(request, BodyHandlers.ofString());
    }

    List<String> out() {
        return out;
    }

    List<String> err() {
        return err;
    }

    /** Waits for a line of standard error or output that contains {@code text}. */
    void awaitLine(String text) {
        await().atMost(PATIENCE)
                .until(() ->
                        err.stream().anyMatch(line -> line.contains(text))
                                || out.stream().anyMatch(line -> line.contains(text)));
    }

    /** Sends a signal other than SIGTERM. */
    void signal(String name) throws IOException, InterruptedException {
        String pid = String.valueOf(process.pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }

    /** {@return the exit code after SIGTERM} */
    int terminate() throws InterruptedException {
        process.toHandle().destroy(); // the process's own would close what is still to be read
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
