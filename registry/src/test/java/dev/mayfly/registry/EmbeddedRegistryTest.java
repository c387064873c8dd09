package dev.mayfly.registry;

import java.io.IOException;

/** On the PostgreSQL that comes with this build. */
final class EmbeddedRegistryTest extends RegistryContract {
    @Override
    Suite start() throws IOException, InterruptedException {
        return Suite.on(OwnServer.embedded());
    }
}
