package dev.mayfly.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A throw-away cluster of some PostgreSQL's programs. */
final class OwnServer implements AutoCloseable {
    /** Kept between builds: unpacking takes longer than most tests. */
    static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

    private static final String PASSWORD = "planted-password-of-the-database";

    private final Path folder;
    private final PostgresServer server;
    private final int port;

    private OwnServer(Path folder, PostgresServer server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    static OwnServer embedded() throws IOException, InterruptedException {
        return of(Programs.unpacked(PROGRAMS));
    }

    static OwnServer of(Path programs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("mayfly-postgres-");
        Path password = folder.resolve("password");
        PrivateFile.write(password, PASSWORD);
        PostgresServer server = new PostgresServer(programs, folder.resolve("data"), "tester");
        server.initialise(password);
        OwnServer own = new OwnServer(folder, server, freePort());
        own.start();
        return own;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "postgres://tester:" + PASSWORD + "@127.0.0.1:" + port + "/postgres";
    }

    void start() throws IOException, InterruptedException {
        server.start(port);
    }

    void stop() throws IOException, InterruptedException {
        server.stop();
    }

    /** As a power cut ends it. */
    void kill() throws IOException {
        server.postmaster().orElseThrow().process().destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        PrivateFile.remove(folder);
    }
}
