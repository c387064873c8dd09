package dev.mayfly.registry;

import dev.mayfly.registry.UnavailableException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's own PostgreSQL.
 *
 * <pre>
 *   folder/  lock      held while a process uses the folder
 *            password  0600, made once
 *            data/     the cluster; moved here when it is whole
 *            server.log
 *
 *   lock ─► programs ─► cluster ─► who runs on it?
 *                                   nobody            ─► start
 *                                   ours, a crash's   ─► take it over
 *                                   of other programs ─► stop it, start
 * </pre>
 *
 * A server that dies is started again at the same port: the pool finds it there.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "mayfly";
    private static final int START_ATTEMPTS = 10;
    private static final int PAUSE_SECONDS = 5;

    private final FolderLock lock;
    private final PostgresServer server;
    private final String password;

    private final CountDownLatch closing = new CountDownLatch(1);

    /** Guarded by this; the same for as long as this object lives. */
    private int port;

    /** Guarded by this; the end of the server that runs now. */
    private CompletableFuture<?> watched = CompletableFuture.completedFuture(null);

    private EmbeddedDatabase(FolderLock lock, PostgresServer server, String password) {
        this.lock = lock;
        this.server = server;
        this.password = password;
    }

    static EmbeddedDatabase start(DatabaseSettings.Embedded settings) {
        Path folder = settings.folder().toAbsolutePath();
        try {
            PrivateFile.folder(folder);
            FolderLock lock = FolderLock.take(folder);
            try {
                return start(folder, settings.programs().toAbsolutePath(), lock);
            } catch (IOException | InterruptedException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UnavailableException(
                    Reason.REFUSED, "the database in " + folder + " cannot be used: " + e, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static EmbeddedDatabase start(Path folder, Path programs, FolderLock lock)
            throws IOException, InterruptedException {
        PostgresServer server =
                new PostgresServer(Programs.unpacked(programs), folder.resolve("data"), USER);
        Path password = folder.resolve("password");
        if (!Files.exists(password)) {
            PrivateFile.write(password, newPassword());
        }
        if (!Files.exists(server.data())) {
            server.initialise(password);
        }
        checkOwner(server.data(), lock);
        checkVersion(server);
        EmbeddedDatabase database =
                new EmbeddedDatabase(lock, server, Files.readString(password).strip());
        database.begin();
        return database;
    }

    private static String newPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void checkOwner(Path data, FolderLock lock) throws IOException {
        if (!Files.getOwner(data).equals(lock.owner())) {
            throw new UnavailableException(
                    Reason.REFUSED,
                    data
                            + " belongs to "
                            + Files.getOwner(data)
                            + " (expected: "
                            + lock.owner()
                            + ", who runs this server): start it as that user, or chown the folder");
        }
    }

    private static void checkVersion(PostgresServer server)
            throws IOException, InterruptedException {
        String data = Files.readString(server.data().resolve("PG_VERSION")).strip();
        String programs = server.version();
        if (!data.equals(programs)) {
            throw new UnavailableException(
                    Reason.REFUSED,
                    "%s is of PostgreSQL %s (expected: %s, which this server brings): dump it with the server that made it and load it here"
                            .formatted(server.data(), data, programs));
        }
    }

    private synchronized void begin() throws IOException, InterruptedException {
        Optional<Postmaster> running = server.postmaster();
        if (running.isPresent() && server.isOurs()) {
            port = running.get().port();
            LOG.info("took over the database server that a crash left at port {}", port);
        } else {
            server.stop();
            Postmaster.forget(server.data());
            port = freePort();
            startPatiently();
        }
        watch();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What is left of a server that was killed lets its memory go a moment later. */
    private void startPatiently() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                server.start(port);
                return;
            } catch (UnavailableException e) {
                if (attempt == START_ATTEMPTS || !mayPass(e)) {
                    throw e;
                }
                if (closing.await(1, TimeUnit.SECONDS)) {
                    throw e;
                }
            }
        }
    }

    private static boolean mayPass(UnavailableException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("still in use") || message.contains("could not create any TCP/IP");
    }

    private void watch() throws IOException {
        Optional<Postmaster> running = server.postmaster();
        if (running.isPresent()) {
            watched = running.get().process().onExit().thenRun(this::reviveAside);
        }
    }

    private void reviveAside() {
        Thread.ofVirtual().name("registry-revive").start(this::revive);
    }

    private void revive() {
        try {
            while (!isRevived()) {
                if (closing.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isRevived() throws InterruptedException {
        if (closing.getCount() == 0) {
            return true;
        }
        LOG.warn("the database server at port {} has ended; starting it again", port);
        try {
            startPatiently();
            watch();
            return true;
        } catch (IOException | UnavailableException e) {
            LOG.error("the database server does not start", e);
            return false;
        }
    }

    synchronized PostgresUrl url() {
        return new PostgresUrl(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password, Map.of());
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            end();
        } catch (IOException e) {
            LOG.error("the database server is left running", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private synchronized void end() throws IOException, InterruptedException {
        watched.cancel(false);
        try {
            server.stop();
        } finally {
            lock.close();
        }
    }

    private static UnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnavailableException(Reason.TOO_SLOW, "interrupted", e);
    }
}
