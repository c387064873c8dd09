package dev.mayfly.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Settings for registries on one server: a schema and a key file of its own each. */
final class Registries {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private Registries() {}

    static RegistrySettings fresh(String url) {
        return fresh(url, Retention.DEFAULT);
    }

    static RegistrySettings fresh(String url, Retention retention) {
        String separator = url.contains("?") ? "&" : "?";
        String schema = "test_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        return settings(url + separator + "currentSchema=" + schema, folder(), retention);
    }

    static RegistrySettings settings(String url, Path folder, Retention retention) {
        return new RegistrySettings(
                new DatabaseSettings.Server(url),
                new KeySettings.InFile(folder.resolve("secrets.key")),
                6,
                Duration.ofSeconds(4),
                Duration.ofMillis(200),
                retention);
    }

    static Path folder() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "registry-");
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
