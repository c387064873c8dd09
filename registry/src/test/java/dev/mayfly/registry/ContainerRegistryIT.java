package dev.mayfly.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Every contract, on the image postgres:18, where a container engine is. */
final class ContainerRegistryIT {
    private static @Nullable Suite open;
    private static Suite suite;

    @BeforeAll
    static void open() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "no container engine: postgres:18 is not tried");
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
        container.start();
        suite = Suite.on(container, url(container));
        open = suite;
    }

    private static String url(PostgreSQLContainer container) {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(
                        container.getUsername(),
                        container.getPassword(),
                        container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        container.getDatabaseName());
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
