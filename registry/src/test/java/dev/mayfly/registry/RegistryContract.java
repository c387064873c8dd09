package dev.mayfly.registry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Every contract of this module, on the one PostgreSQL that a subclass starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryContract {
    private @Nullable Suite open;

    /** Starts the server, or says by an assumption why it cannot. */
    abstract Suite start() throws IOException, InterruptedException;

    @BeforeAll
    void open() throws IOException, InterruptedException {
        open = start();
    }

    @AfterAll
    void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }

    private Suite suite() {
        if (open == null) {
            throw new IllegalStateException("the server was not started");
        }
        return open;
    }

    @Nested
    final class OfApps extends AppsContract {
        @Override
        Registry registry() {
            return suite().registry();
        }
    }

    @Nested
    final class OfRoutes extends RoutesContract {
        @Override
        Registry registry() {
            return suite().registry();
        }
    }

    @Nested
    final class OfArtifacts extends ArtifactsContract {
        @Override
        Registry registry() {
            return suite().registry();
        }
    }

    @Nested
    final class OfVariables extends VariablesContract {
        @Override
        Registry registry() {
            return suite().registry();
        }
    }

    @Nested
    final class OfTokens extends TokensContract {
        @Override
        Registry registry() {
            return suite().registry();
        }
    }

    @Nested
    final class OfChanges extends ChangesContract {
        @Override
        Registry registry() {
            return suite().registry();
        }
    }

    @Nested
    final class OfRollouts extends RolloutsContract {
        @Override
        Registry registry() {
            return suite().registry();
        }
    }

    @Nested
    final class OfSweeps extends SweepContract {
        @Override
        String url() {
            return suite().url();
        }
    }
}
