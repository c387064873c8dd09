package dev.mayfly.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** On the image postgres:18, where a container engine is. */
final class ContainerRegistryIT extends RegistryContract {
    @Override
    Suite start() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "no container engine: postgres:18 is not tried");
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
        container.start();
        return Suite.on(container, url(container));
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
}
