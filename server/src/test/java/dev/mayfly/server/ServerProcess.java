package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real server in a process of its own, to be killed. */
final class ServerProcess implements AutoCloseable {
    private final Path data;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final String[] ready;

    private ServerProcess(Path data, Process process) {
        this.data = data;
        this.process = process;
        Thread.ofVirtual().start(this::listen);
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> !process.isAlive() || said("READY ").isPresent());
        ready = said("READY ").orElseThrow(() -> new AssertionError(lines)).split(" ");
    }

    /** On {@code data}, with settings besides. */
    static ServerProcess start(Path data, Map<String, String> settings) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerChild.class.getName(),
                                "listen=127.0.0.1:0",
                                "admin_listen=127.0.0.1:0",
                                "data.folder=" + data,
                                "cache.folder=" + data.resolveSibling("cache"),
                                "spool.folder=" + data.resolveSibling("spool"),
                                "log_format=text"));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return new ServerProcess(
                data, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void listen() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("the server's output broke off: " + e); // as it does when it is killed
        }
    }

    /** The first line that begins so. */
    Optional<String> said(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).findFirst();
    }

    boolean hasSaid(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    /** All it wrote so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What its meters say now. */
    String metrics() throws IOException {
        int before = lines.size();
        process.outputWriter().write("metrics\n");
        process.outputWriter().flush();
        Awaitility.await().until(() -> linesFrom(before).contains("# EOF"));
        return String.join("\n", linesFrom(before));
    }

    private List<String> linesFrom(int first) {
        return lines.stream().skip(first).toList();
    }

    URI app() {
        return URI.create("http://" + ready[1]);
    }

    AdminClient admin() {
        try {
            String token = Files.readString(data.resolve("admin.token")).strip();
            return admin(token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AdminClient admin(String token) {
        return new AdminClient(URI.create("http://" + ready[2]), token);
    }

    /** Of a server whose admin listener speaks TLS. */
    AdminClient secured(HttpClient client) {
        AdminClient plain = admin();
        return new AdminClient(URI.create("https://" + ready[2]), plain.token(), client);
    }

    /** As {@code kill -9}, so many milliseconds from now. */
    void killAfter(int millis) throws InterruptedException {
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).as("%s", lines).isFalse();
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        assertThat(process.onExit().join().exitValue()).as("%s", lines).isIn(0, 137, 143);
    }
}
