package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own. */
final class Server implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final Path log;
    private final int port;
    private final Duration firstAnswer;

    private Server(Process process, Path log, int port, long started, String path)
            throws IOException, InterruptedException {
        this.process = process;
        this.log = log;
        this.port = port;
        this.firstAnswer = awaitAnswer(started, path);
    }

    /**
     * Starts {@code command} and returns when {@code GET path} on {@code port} is answered with
     * 200.
     */
    static Server start(
            List<String> command, Map<String, String> environment, int port, String path)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("mayfly-bench", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long started = System.nanoTime();
        return new Server(builder.start(), log, port, started, path);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** From the start of the process to the end of the first answer. */
    Duration firstAnswer() {
        return firstAnswer;
    }

    private Duration awaitAnswer(long started, String path)
            throws IOException, InterruptedException {
        while (true) {
            if (answers(path)) {
                return Duration.ofNanos(System.nanoTime() - started);
            }
            if (!process.isAlive() || System.nanoTime() - started > START_LIMIT.toNanos()) {
                process.destroy();
                throw new IOException("no answer from " + at(path) + ": " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /**
     * Refused connections are the rule until the server listens; a plain socket asks a thousand
     * times a second.
     */
    private boolean answers(String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8)
                    .startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGTERM, as an operator would. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.destroyForcibly();
            throw new IOException("SIGTERM did not stop it: " + Files.readString(log), e);
        }
        Files.delete(log);
    }
}
