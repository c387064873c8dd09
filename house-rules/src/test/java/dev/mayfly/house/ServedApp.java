package dev.mayfly.house;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;

/** A command that serves on a port until it is told to stop. */
record ServedApp(Process process) implements AutoCloseable {
    private static final Duration UNTIL_SERVING = Duration.ofMinutes(3);
    private static final Duration UNTIL_STOPPED = Duration.ofMinutes(1);

    static ServedApp start(String command, int port) throws IOException {
        // exec: the signal that ends it must reach the server itself, not a shell in between.
        return start(Shell.builder("exec " + command), port);
    }

    /** The same, in the home of a user who has done nothing yet. */
    static ServedApp start(String command, int port, Path home) throws IOException {
        return start(Shell.builder("exec " + command, home), port);
    }

    private static ServedApp start(ProcessBuilder builder, int port) throws IOException {
        return wait(builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).start(), port);
    }

    /** Waits until it serves, or has ended. */
    static ServedApp wait(Process process, int port) {
        await().atMost(UNTIL_SERVING).until(() -> !process.isAlive() || accepts(port));
        return new ServedApp(process);
    }

    /** Sends SIGTERM and gives the exit code. */
    int stop() {
        process.destroy();
        await().atMost(UNTIL_STOPPED).until(() -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
