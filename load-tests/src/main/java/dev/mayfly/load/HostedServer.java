package dev.mayfly.load;

import dev.mayfly.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code mayfly server} in a process of its own, all it keeps in a folder of its own. */
final class HostedServer implements AutoCloseable {
    /** One for all, or none could open what another sealed. */
    private static final String KEY = "bWF5Zmx5LWJlbmNoLW1heWZseS1iZW5jaC1tYXlmbHk=";

    /** Of {@code postmaster.pid}. */
    private static final int PORT_LINE = 3;

    private final Scratch scratch;
    private final Server server;
    private final int adminPort;

    private HostedServer(Scratch scratch, Server server, int adminPort) {
        this.scratch = scratch;
        this.server = server;
        this.adminPort = adminPort;
    }

    /**
     * Starts one and returns when it serves.
     *
     * @param heap a flag of the JVM, {@code -Xmx1g}
     * @param settings beside the ports and folders, by environment variable
     */
    static HostedServer start(String heap, Map<String, String> settings)
            throws IOException, InterruptedException {
        Scratch scratch = Scratch.make();
        int port = Server.freePort();
        int adminPort = Server.freePort();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("MAYFLY_LISTEN", "127.0.0.1:" + port);
        environment.put("MAYFLY_ADMIN_LISTEN", "127.0.0.1:" + adminPort);
        environment.putIfAbsent("MAYFLY_ACCESS_LOG", "false");
        environment.put("MAYFLY_SECRETS_KEYS", KEY);
        environment.put("MAYFLY_DATA_FOLDER", scratch.folder().resolve("data").toString());
        environment.put("MAYFLY_SPOOL_FOLDER", scratch.folder().resolve("spool").toString());
        environment.put("XDG_CACHE_HOME", scratch.folder().resolve("cache").toString());
        List<String> command = Jvm.command(Main.class, heap, "server");
        Server server = Server.start(command, environment, port, "/.well-known/mayfly/health");
        return new HostedServer(scratch, server, adminPort);
    }

    /** Where requests come in. */
    int port() {
        return server.port();
    }

    /** Of a server that made its database: its first token may do anything. */
    AdminClient admin() throws IOException {
        return new AdminClient(adminPort, Files.readString(data("admin.token")).strip());
    }

    /** Of a server that made its database: where others find it. */
    String databaseUrl() throws IOException {
        List<String> postmaster = Files.readAllLines(data("database/data/postmaster.pid"));
        return "postgres://mayfly:%s@127.0.0.1:%s/postgres"
                .formatted(
                        Files.readString(data("database/password")).strip(),
                        postmaster.get(PORT_LINE).strip());
    }

    private Path data(String file) {
        return scratch.folder().resolve("data").resolve(file);
    }

    @Override
    public void close() throws IOException {
        server.close();
        scratch.close();
    }
}
