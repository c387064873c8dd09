package dev.mayfly.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Every contract, on a throw-away cluster of Debian's PostgreSQL 15, where it is installed. */
final class DebianRegistryTest {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");
    private static @Nullable Suite open;
    private static Suite suite;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(PROGRAMS.resolve("bin/initdb")),
                "no PostgreSQL 15 in " + PROGRAMS + ": apt-get install postgresql-15");
        suite = Suite.on(OwnServer.of(PROGRAMS));
        open = suite;
    }

    @AfterAll
    static void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }

    @Nested
    final class OfApps extends AppsContract {
        @Override
        Registry registry() {
            return suite.registry();
        }
    }

    @Nested
    final class OfRoutes extends RoutesContract {
        @Override
        Registry registry() {
            return suite.registry();
        }
    }

    @Nested
    final class OfArtifacts extends ArtifactsContract {
        @Override
        Registry registry() {
            return suite.registry();
        }
    }

    @Nested
    final class OfVariables extends VariablesContract {
        @Override
        Registry registry() {
            return suite.registry();
        }
    }

    @Nested
    final class OfTokens extends TokensContract {
        @Override
        Registry registry() {
            return suite.registry();
        }
    }

    @Nested
    final class OfChanges extends ChangesContract {
        @Override
        Registry registry() {
            return suite.registry();
        }
    }

    @Nested
    final class OfSweeps extends SweepContract {
        @Override
        String url() {
            return suite.url();
        }
    }
}
