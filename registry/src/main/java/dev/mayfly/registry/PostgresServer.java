package dev.mayfly.registry;

import dev.mayfly.registry.UnavailableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One cluster of PostgreSQL, through its own programs: make it, start it, stop it. It listens on
 * the loopback address only, and asks everybody for the password. What it has acknowledged is on
 * the disk.
 *
 * <p>PostgreSQL does not run as root; as root it runs in a user namespace of its own, in which it
 * is nobody and its files are still root's.
 */
final class PostgresServer {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int LAST_LINES = 5;

    private final Path programs;
    private final Path data;
    private final Path log;
    private final String user;

    /** {@code programs} has {@code bin/}; the log lies beside {@code data}. */
    PostgresServer(Path programs, Path data, String user) {
        this.programs = programs;
        this.data = data;
        this.log = data.resolveSibling("server.log");
        this.user = user;
    }

    Path data() {
        return data;
    }

    /** Makes the cluster whole or not at all. */
    void initialise(Path passwordFile) throws IOException, InterruptedException {
        Path draft = data.resolveSibling("initialising");
        PrivateFile.remove(draft);
        Ran ran =
                run(
                        "initdb",
                        List.of(
                                "-D",
                                draft.toString(),
                                "--username=" + user,
                                "--auth=scram-sha-256",
                                "--pwfile=" + passwordFile,
                                "--encoding=UTF8",
                                "--no-locale"));
        if (!ran.isFine()) {
            throw failed("the database cannot be made in " + data, ran.output());
        }
        Files.move(draft, data);
    }

    /** {@return the major version of the programs} */
    String version() throws IOException, InterruptedException {
        Matcher version = VERSION.matcher(run("postgres", List.of("--version")).output());
        return version.find() ? version.group(1) : "";
    }

    /** Returns when it takes connections. */
    void start(int port) throws IOException, InterruptedException {
        Ran ran =
                run(
                        "pg_ctl",
                        List.of(
                                "start",
                                "-w",
                                "-t",
                                Long.toString(START.toSeconds()),
                                "-D",
                                data.toString(),
                                "-l",
                                log.toString(),
                                "-o",
                                options(port)));
        if (!ran.isFine()) {
            throw failed("the database in " + data + " does not start", lastWords());
        }
    }

    private static String options(int port) {
        return String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=",
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c log_checkpoints=off",
                "-c max_connections=100");
    }

    /** Ends every session and stops. Fine too when it does not run. */
    void stop() throws IOException, InterruptedException {
        if (postmaster().isEmpty()) {
            return;
        }
        if (!stop("fast").isFine() && postmaster().isPresent()) {
            Ran ran = stop("immediate");
            if (!ran.isFine() && postmaster().isPresent()) {
                throw failed("the database in " + data + " does not stop", ran.output());
            }
        }
    }

    private Ran stop(String mode) throws IOException, InterruptedException {
        return run("pg_ctl", List.of("stop", "-w", "-t", "30", "-D", data.toString(), "-m", mode));
    }

    /** {@return the server that runs on this data, whoever started it} */
    Optional<Postmaster> postmaster() throws IOException {
        return Postmaster.of(data);
    }

    /** Whether it was started from these programs. */
    boolean isOurs() throws IOException {
        Path options = data.resolve("postmaster.opts");
        return Files.exists(options) && Files.readString(options).startsWith(programs.toString());
    }

    private Ran run(String program, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Namespace.prefix());
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        Path output = Files.createTempFile("mayfly-" + program, ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(2 * START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Ran(process.waitFor(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static UnavailableException failed(String what, String output) {
        boolean full = output.contains("No space left on device");
        String why = full ? "the disk is full" : output.strip();
        return new UnavailableException(
                full ? Reason.EXHAUSTED : Reason.REFUSED, what + ": " + why);
    }

    /** How a program ended. */
    private record Ran(int status, String output) {
        boolean isFine() {
            return status == 0;
        }
    }
}
