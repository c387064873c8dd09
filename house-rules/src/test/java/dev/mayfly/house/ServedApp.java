package dev.mayfly.house;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A command that serves on a port until it is told to stop.
 *
 * @param claim on the port, which the tests of another JVM serve on too: READMEs all name the same
 */
record ServedApp(Process process, FileChannel claim) implements AutoCloseable {
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
        return startQuietly(builder.redirectOutput(ProcessBuilder.Redirect.INHERIT), port);
    }

    /**
     * Waits until the port is free, and then until {@code builder}'s process serves, or has ended.
     */
    static ServedApp startQuietly(ProcessBuilder builder, int port) throws IOException {
        FileChannel claim = claim(port);
        Process process = builder.start();
        await().atMost(UNTIL_SERVING).until(() -> !process.isAlive() || accepts(port));
        return new ServedApp(process, claim);
    }

    /** Held until it is closed, by this JVM only. */
    private static FileChannel claim(int port) throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "mayfly-serves-" + port);
        FileChannel claim = FileChannel.open(file, CREATE, WRITE);
        claim.lock();
        return claim;
    }

    /** Sends SIGTERM and gives the exit code. */
    int stop() throws IOException {
        process.destroy();
        await().atMost(UNTIL_STOPPED).until(() -> !process.isAlive());
        claim.close();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        claim.close();
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
