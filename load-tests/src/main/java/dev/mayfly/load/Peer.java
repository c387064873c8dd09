package dev.mayfly.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Another server that can run the hello guest, or its source. */
interface Peer {
    /** What its row and its figure are called. */
    String name();

    /** What it lacks here, and how to get it; empty when it can run. */
    Optional<String> missing();

    /**
     * Starts it.
     *
     * @param folder empty, for whatever it needs
     * @return the server, which answers at {@link #path()}
     */
    Server start(Path folder) throws IOException, InterruptedException;

    default String path() {
        return "/";
    }

    /** A program on the path, or in {@code /usr/sbin}, where servers are. */
    static Optional<Path> program(String name) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
                        Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
