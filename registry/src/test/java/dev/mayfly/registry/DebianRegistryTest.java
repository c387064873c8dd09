package dev.mayfly.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** On a throw-away cluster of Debian's PostgreSQL 15, where it is installed. */
final class DebianRegistryTest extends RegistryContract {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");

    @Override
    Suite start() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(PROGRAMS.resolve("bin/initdb")),
                "no PostgreSQL 15 in " + PROGRAMS + ": apt-get install postgresql-15");
        return Suite.on(OwnServer.of(PROGRAMS));
    }
}
