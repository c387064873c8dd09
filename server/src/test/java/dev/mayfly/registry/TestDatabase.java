package dev.mayfly.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A throw-away cluster of the PostgreSQL that comes with this build; it can be stopped. */
public final class TestDatabase implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();
    private static final String PASSWORD = "planted-password-of-the-database";

    private final Path folder;
    private final PostgresServer server;
    private final int port;

    private TestDatabase(Path folder, PostgresServer server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    /** {@return a cluster that runs, and is empty} */
    public static TestDatabase start() {
        try {
            Path folder = Files.createTempDirectory("mayfly-postgres-");
            Path password = folder.resolve("password");
            PrivateFile.write(password, PASSWORD);
            PostgresServer server =
                    new PostgresServer(
                            Programs.unpacked(PROGRAMS), folder.resolve("data"), "tester");
            server.initialise(password);
            TestDatabase database = new TestDatabase(folder, server, freePort());
            database.begin();
            return database;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no database for this test", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** {@return where it is, for as long as it is not closed} */
    public String url() {
        return "postgres://tester:" + PASSWORD + "@127.0.0.1:" + port + "/postgres";
    }

    /**
     * Runs it again, at the same port.
     *
     * @throws IOException when it does not start
     * @throws InterruptedException when that is not waited for
     */
    public void begin() throws IOException, InterruptedException {
        server.start(port);
    }

    /**
     * Lets nobody in any more, and whoever is in goes.
     *
     * @throws IOException when it does not stop
     * @throws InterruptedException when that is not waited for
     */
    public void stop() throws IOException, InterruptedException {
        server.stop();
    }

    @Override
    public void close() {
        try {
            server.stop();
            PrivateFile.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
