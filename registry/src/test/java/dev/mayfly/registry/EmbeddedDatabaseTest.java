package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process's own PostgreSQL: kept data, crashes, and what a planted secret is found in. */
final class EmbeddedDatabaseTest {
    private final Path folder = Registries.folder();
    private final DatabaseSettings.Embedded database =
            new DatabaseSettings.Embedded(folder.resolve("database"), OwnServer.PROGRAMS);

    @AfterEach
    void remove() throws IOException {
        PrivateFile.remove(folder);
    }

    private Registry open() {
        return Registry.open(RegistrySettings.defaults(database, folder));
    }

    private Postmaster postmaster() {
        try {
            return Postmaster.of(database.folder().resolve("data")).orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatIsCommittedIsThereAfterARestart() throws IOException {
        String app = Sample.name();
        AppState state;
        try (Registry registry = open()) {
            Sample.upload(registry);
            registry.variables().setSecrets(app, Map.of("key", "planted-secret"), ALICE);
            registry.apps().commit(Sample.revision(app), ALICE);
            state = registry.apps().find(app).orElseThrow();
        }
        assertThat(Postmaster.of(database.folder().resolve("data"))).isEmpty();
        try (Registry registry = open()) {
            assertThat(registry.apps().find(app)).contains(state);
            assertThat(registry.variables().forRun(app)).isEqualTo(Map.of("key", "planted-secret"));
            assertThat(registry.artifacts().missing(List.of(Sample.DIGEST))).isEmpty();
        }
        assertThat(filesWith("planted-secret")).isEmpty();
        assertThat(filesWith("f.wasm")).isNotEmpty();
        for (String secret : List.of("secrets.key", "database/password")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aServerThatDiesIsStartedAgainUnderTheSameRegistry() {
        try (Registry registry = open()) {
            Sample.upload(registry);
            String app = Sample.name();
            registry.apps().commit(Sample.revision(app), ALICE);
            postmaster().process().destroyForcibly();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(UnavailableException.class)
                    .until(() -> registry.apps().find(app).isPresent());
        }
    }

    @Test
    void aServerThatACrashLeftIsTakenOver() throws Exception {
        String app = Sample.name();
        Process crashing = Child.run(Child.Crash.class, folder.toString(), app);
        assertThat(crashing.waitFor()).isEqualTo(137);
        Postmaster orphan = postmaster();
        try (Registry registry = open()) {
            assertThat(postmaster().process().pid()).isEqualTo(orphan.process().pid());
            assertThat(registry.apps().find(app)).isPresent();
        }
        await().until(() -> !orphan.process().isAlive());
    }

    @Test
    void aFolderIsOfOneServerAtATime() {
        try (Registry _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("used by another server");
        }
    }

    @Test
    void dataOfAnotherVersionIsRefusedWithWhatToDo() throws IOException {
        open().close();
        Files.writeString(database.folder().resolve("data/PG_VERSION"), "17\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("of PostgreSQL 17 (expected: 18")
                .hasMessageContaining("dump it");
    }

    @Test
    void aStalePidOfAnotherProgramDoesNotStopTheStart() throws IOException {
        open().close();
        long other = ProcessHandle.current().pid();
        Files.writeString(
                database.folder().resolve("data/postmaster.pid"), other + "\n/x\n1\n5\n\n\n\n");
        open().close();
    }
}
