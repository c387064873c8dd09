package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A database that no server owns, to be taken away: a cluster of Debian's PostgreSQL. */
final class OwnPostgres implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    static final String PASSWORD = "planted-password-of-the-database";

    private final Path folder;
    private final int port;

    OwnPostgres(Path folder) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(PROGRAMS.resolve("initdb")),
                "no PostgreSQL 15 in " + PROGRAMS + ": apt-get install postgresql-15");
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder);
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        String data = folder.resolve("data").toString();
        run("initdb", "-D", data, "-U", "tester", "-A", "scram-sha-256", "--pwfile=" + password);
        start();
    }

    String url() {
        return "postgres://tester:" + PASSWORD + "@127.0.0.1:" + port + "/postgres";
    }

    void start() throws IOException, InterruptedException {
        control(
                "start",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
    }

    /** At once, as a crash ends it: no session is told. */
    void kill() throws IOException, InterruptedException {
        control("stop", "-m", "immediate");
    }

    private void control(String what, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(what, "-w", "-D", folder + "/data"));
        arguments.addAll(List.of(more));
        run("pg_ctl", arguments.toArray(String[]::new));
    }

    /** As root in a user namespace of its own: PostgreSQL does not run as root. */
    void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, program, ".out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor()).as("%s", Files.readString(output)).isZero();
    }

    @Override
    public void close() throws IOException {
        try {
            if (Files.exists(folder.resolve("data/postmaster.pid"))) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
