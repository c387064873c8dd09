package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a server of the migration level before this one left is migrated and served; and such a
 * server goes on beside a new one, on the new schema.
 */
final class UpgradeTest {
    private static final Path FORMER =
            Path.of("src/test/resources/dev/mayfly/registry/level-1").toAbsolutePath();

    private final Path folder = Registries.folder();
    private OwnServer server;

    @BeforeEach
    void load() throws Exception {
        server = OwnServer.embedded();
        ByHand.on(server.url()).run(Files.readString(FORMER.resolve("database.sql")));
        Files.copy(FORMER.resolve("secrets.key"), folder.resolve("secrets.key"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        PrivateFile.remove(folder);
    }

    private Registry open() {
        DatabaseSettings database = new DatabaseSettings.Server(server.url());
        return Registry.open(RegistrySettings.defaults(database, folder));
    }

    @Test
    void dataOfTheLevelBeforeIsMigratedAndWhole() throws Exception {
        try (Registry registry = open()) {
            AppState shop = registry.apps().find("shop").orElseThrow();
            assertThat(shop.traffic()).isEqualTo(Map.of(1, 90, 2, 10));
            assertThat(registry.apps().live().apps())
                    .extracting(live -> live.state().name())
                    .containsExactlyInAnyOrder("shop", "other");
            assertThat(registry.variables().forRun("shop"))
                    .isEqualTo(Map.of("colour", "green", "key", "planted"));
            assertThat(registry.tokens().check(Files.readString(FORMER.resolve("token")).strip()))
                    .isInstanceOf(TokenCheck.Valid.class);
            try (InputStream module = registry.artifacts().open(Sample.DIGEST).orElseThrow()) {
                assertThat(module.readAllBytes()).isEqualTo(Sample.MODULE);
            }
            assertThat(registry.audit("", Long.MAX_VALUE, 100)).hasSize((int) registry.number());
            assertThat(registry.apps().commit(Sample.changed("shop", "third"), ALICE))
                    .isInstanceOf(ChangeResult.Done.class);
        }
    }

    @Test
    void aGatewayOfTheLevelBeforeGoesOnBesideANewOne() throws Exception {
        try (Registry registry = open();
                Former former = Former.start(server.url(), folder)) {
            Heard heard = new Heard();
            try (Following _ = registry.follow(registry.number(), heard)) {
                assertThat(former.ask("live")).isEqualTo("1");
                registry.apps().commit(Sample.changed("shop", "third"), ALICE);
                assertThat(former.ask("live")).isEqualTo("3");
                assertThat(former.ask("deploy fourth")).startsWith("Done[");
                assertThat(registry.apps().find("shop").orElseThrow().live()).isEqualTo(4);
                assertThat(former.ask("secrets")).contains("key=planted");
                assertThat(former.ask("sweep")).startsWith("Swept[");
                await().until(() -> heard.changes().size() == 2);
            }
        }
    }

    @Test
    void whatOnlyTheNewOneKnowsIsNotInTheWayOfTheFormer() throws Exception {
        try (Registry registry = open();
                Former former = Former.start(server.url(), folder)) {
            ByHand.on(server.url())
                    .run(
                            "INSERT INTO rollouts (app, revision, base, percent, step_seconds,"
                                    + " abort_on, next_at) VALUES ('shop', 2, 1, 10, 60, '', now())");
            assertThat(former.ask("deploy third")).startsWith("Done[");
            assertThat(former.ask("delete shop")).startsWith("Done[");
            assertThat(registry.apps().find("shop")).isEmpty();
        }
    }

    /** This module as it was, in a process of its own. */
    private record Former(Process process, PrintWriter in, BufferedReader out)
            implements AutoCloseable {
        static Former start(String url, Path folder) throws IOException {
            Path jar = FORMER.resolve("registry.jar");
            String others =
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .filter(entry -> !entry.endsWith("registry/target/classes"))
                            .collect(Collectors.joining(File.pathSeparator));
            Process process =
                    Child.runOf(
                            jar + File.pathSeparator + others,
                            FormerGateway.class,
                            url,
                            folder.toString());
            Former former =
                    new Former(
                            process,
                            new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true),
                            process.inputReader(StandardCharsets.UTF_8));
            assertThat(former.out.readLine()).isEqualTo(jar.toString());
            return former;
        }

        String ask(String order) throws IOException {
            in.println(order);
            return out.readLine();
        }

        @Override
        public void close() {
            in.close();
            process.onExit().join();
        }
    }
}
