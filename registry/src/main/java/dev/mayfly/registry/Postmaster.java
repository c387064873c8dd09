package dev.mayfly.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server that runs, as its {@code postmaster.pid} says: the number of its process in the first
 * line, its port in the fourth.
 */
record Postmaster(ProcessHandle process, int port) {
    private static final int PORT_LINE = 3;

    /**
     * {@return the one of that cluster; empty when none runs, also when its file was left behind}
     */
    static Optional<Postmaster> of(Path data) throws IOException {
        List<String> lines = lines(data.resolve("postmaster.pid"));
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        int port = Integer.parseInt(lines.get(PORT_LINE).strip());
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(Postmaster::isPostgres)
                .map(process -> new Postmaster(process, port));
    }

    /**
     * Removes a file whose process's number belongs to another program by now: PostgreSQL would
     * take that program for its server and not start.
     */
    static void forget(Path data) throws IOException {
        List<String> lines = lines(data.resolve("postmaster.pid"));
        boolean other =
                !lines.isEmpty()
                        && ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                                .flatMap(process -> process.info().command())
                                .filter(command -> !command.contains("postgres"))
                                .isPresent();
        if (other) {
            Files.delete(data.resolve("postmaster.pid"));
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The number may have been given to another program since. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().filter(path -> path.contains("postgres")).isPresent();
    }
}
