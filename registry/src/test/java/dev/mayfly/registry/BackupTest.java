package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup as docs/backup.md makes it, restored as it says: everything is there and works. */
final class BackupTest {
    private static final Path DEBIANS = Path.of("/usr/lib/postgresql/15");

    private final Path folder = Registries.folder();
    private final Path data = folder.resolve("data");
    private final Path restored = folder.resolve("restored");
    private final Path backup = folder.resolve("backup");

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(data);
        Files.createDirectories(backup);
    }

    @AfterEach
    void remove() throws IOException {
        PrivateFile.remove(folder);
    }

    /** What was told when it was stored. */
    private record Kept(AppState state, String token) {}

    private static Kept fill(Registry registry) {
        Sample.upload(registry);
        registry.apps().commit(Sample.revision("shop"), ALICE);
        registry.apps().commit(Sample.changed("shop", "second", 10), ALICE);
        registry.variables().set("shop", Map.of("colour", "green"), Set.of(), ALICE);
        registry.variables().setSecrets("shop", Map.of("key", "planted"), ALICE);
        Tokens.Issued issued =
                registry.tokens().issue("ci", Set.of(Scope.ADMIN), Duration.ofDays(1), "alice");
        return new Kept(registry.apps().find("shop").orElseThrow(), issued.text());
    }

    private static void assertWhole(Registry registry, Kept kept) throws IOException {
        assertThat(registry.apps().find("shop")).contains(kept.state());
        assertThat(registry.apps().revisions("shop")).hasSize(2);
        assertThat(registry.apps().routes())
                .containsExactly(new Route("shop", "shop.example", "/...", "*"));
        assertThat(registry.variables().forRun("shop"))
                .isEqualTo(Map.of("colour", "green", "key", "planted"));
        assertThat(registry.tokens().check(kept.token())).isInstanceOf(TokenCheck.Valid.class);
        try (InputStream module = registry.artifacts().open(Sample.DIGEST).orElseThrow()) {
            assertThat(module.readAllBytes()).isEqualTo(Sample.MODULE);
        }
        ChangeResult next = registry.apps().commit(Sample.changed("shop", "third"), ALICE);
        assertThat(next)
                .isInstanceOfSatisfying(
                        ChangeResult.Done.class, done -> assertThat(done.revision()).isEqualTo(3));
    }

    @Test
    void ofTheEmbeddedDatabase() throws Exception {
        Kept kept;
        try (Registry registry = embedded(data)) {
            kept = fill(registry);
        }
        Map<String, String> places =
                Map.of(
                        "DATA",
                        data.toString(),
                        "BACKUP",
                        backup.toString(),
                        "RESTORED",
                        "" + restored);
        BackupPage.run("copy", places);
        PrivateFile.remove(data);
        BackupPage.run("unpack", places);
        try (Registry registry = embedded(restored)) {
            assertWhole(registry, kept);
        }
    }

    private static Registry embedded(Path data) {
        DatabaseSettings database =
                new DatabaseSettings.Embedded(data.resolve("database"), OwnServer.PROGRAMS);
        return Registry.open(RegistrySettings.defaults(database, data));
    }

    @Test
    void ofADatabaseThatSomebodyRuns() throws Exception {
        assumeTrue(
                Files.isExecutable(DEBIANS.resolve("bin/pg_dump")),
                "no PostgreSQL 15 in " + DEBIANS + ": apt-get install postgresql-15");
        try (OwnServer server = OwnServer.of(DEBIANS)) {
            Kept kept;
            try (Registry registry = on(server.url(), data)) {
                kept = fill(registry);
                BackupPage.run("dump", places(server));
            }
            ByHand.on(server.url()).run("CREATE DATABASE restored");
            BackupPage.run("load", places(server));
            Path key = restored.resolve("secrets.key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            assertSecretsDoNotOpenWithoutTheirKey(restoredUrl(server));
            try (Registry registry = on(restoredUrl(server), restored)) {
                assertWhole(registry, kept);
            }
        }
    }

    private Map<String, String> places(OwnServer server) {
        return Map.of(
                "PATH", DEBIANS.resolve("bin") + ":" + System.getenv("PATH"),
                "DATA", data.toString(),
                "BACKUP", backup.toString(),
                "RESTORED", restored.toString(),
                "MAYFLY_DATABASE_URL", server.url(),
                "RESTORED_DATABASE_URL", restoredUrl(server));
    }

    private static String restoredUrl(OwnServer server) {
        return server.url().replace("/postgres", "/restored");
    }

    private static Registry on(String url, Path data) {
        return Registry.open(RegistrySettings.defaults(new DatabaseSettings.Server(url), data));
    }

    private void assertSecretsDoNotOpenWithoutTheirKey(String url) {
        try (Registry registry = on(url, folder.resolve("elsewhere"))) {
            assertThat(registry.apps().find("shop")).isPresent();
            assertThatThrownBy(() -> registry.variables().forRun("shop"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("give it the key file of the server that sealed it");
        }
    }
}
