package dev.mayfly.registry;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Every contract, on the PostgreSQL that comes with this build. */
final class EmbeddedRegistryTest {
    private static Suite suite;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        suite = Suite.on(OwnServer.embedded());
    }

    @AfterAll
    static void close() throws IOException {
        suite.close();
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
