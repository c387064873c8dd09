package dev.mayfly.registry;

import java.io.IOException;

/** A server and a registry on it, for all contracts of one PostgreSQL. */
record Suite(AutoCloseable server, String url, Registry registry) {
    static Suite on(OwnServer server) {
        return on(server, server.url());
    }

    static Suite on(AutoCloseable server, String url) {
        Registry registry = Registry.open(Registries.fresh(url));
        Sample.upload(registry);
        return new Suite(server, url, registry);
    }

    void close() throws IOException {
        registry.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new IOException("the server does not stop", e);
        }
    }
}
