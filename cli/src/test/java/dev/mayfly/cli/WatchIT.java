package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes on disk against a served app. */
final class WatchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir Path folder;
    private Path appFolder;
    private ServedApp app;

    @BeforeEach
    void aWatchedApp() throws IOException {
        Installation installed = Installation.in(folder.resolve("checkout"));
        appFolder = Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(appFolder.resolve("data"));
        Files.writeString(appFolder.resolve("data/word"), "one");
        Files.write(appFolder.resolve("guest.wasm"), Guests.module("echo-c"));
        Files.writeString(appFolder.resolve("app.toml"), manifest("first"));
        app =
                ServedApp.start(
                        installed.command(
                                appFolder, "up", "--watch", "--listen", "0", "--no-access-log"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void noRequestIsLostWhileTheAppChangesUnderLoad() throws Exception {
        try (Load load = new Load()) {
            await().atMost(PATIENCE).until(() -> load.bodies.contains("first"));
            await().atMost(PATIENCE).until(() -> load.bodies.contains("first"));
            Files.writeString(appFolder.resolve("app.toml"), manifest("overwritten"));
            awaitBody("/fixed", "overwritten");

            Path written = Files.writeString(appFolder.resolve("app.toml~"), manifest("renamed"));
            Files.move(
                    written,
                    appFolder.resolve("app.toml"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            awaitBody("/fixed", "renamed");

            Files.delete(appFolder.resolve("app.toml"));
            Files.writeString(appFolder.resolve("app.toml"), manifest("made anew"));
            awaitBody("/fixed", "made anew");
            load.stop();

            assertThat(load.failures).isEmpty();
            assertThat(load.bodies).contains("overwritten", "renamed", "made anew");
        }
        assertThat(app.terminate()).isZero();
    }

    @Test
    void whatDoesNotLoadIsExplainedAndTheOneBeforeServesOn() throws Exception {
        Files.writeString(appFolder.resolve("app.toml"), manifest("x").replace("[app]", "[ap]"));
        app.awaitLine("is not reloaded: the one before serves on");

        assertThat(app.err()).anyMatch(line -> line.contains("app.toml:2:"));
        assertThat(app.get("/fixed").body()).isEqualTo("first");

        Files.writeString(appFolder.resolve("app.toml"), manifest("mended"));
        awaitBody("/fixed", "mended");
    }

    @Test
    void aNewModuleIsServed() throws Exception {
        assertThat(app.get("/run?count").body()).contains("count 1");
        Files.write(appFolder.resolve("guest.wasm"), Guests.module("hello-c"));
        app.awaitLine("reloaded app.toml");

        assertThat(app.get("/run").body()).startsWith("hello GET /run");
    }

    @Test
    void aModuleThatIsNoneLeavesTheOneBefore() throws Exception {
        Files.writeString(appFolder.resolve("guest.wasm"), "half a module");
        app.awaitLine("is not reloaded");

        assertThat(app.get("/run?count").body()).contains("count 1");
    }

    @Test
    void aChangeInAMountedFolderReloads() throws Exception {
        Files.writeString(appFolder.resolve("data/word"), "two");
        app.awaitLine("reloaded app.toml");

        assertThat(app.get("/run?read=/data/word").body()).contains("file 3\ntwo");
    }

    @Test
    void anotherNameOfTheAppNeedsARestart() throws Exception {
        Files.writeString(
                appFolder.resolve("app.toml"), manifest("x").replace("\"shop\"", "\"store\""));
        app.awaitLine("is not reloaded");

        assertThat(app.err()).anyMatch(line -> line.contains("app.name"));
        assertThat(app.get("/fixed").body()).isEqualTo("first");
    }

    private void awaitBody(String target, String body) {
        await().atMost(PATIENCE).until(() -> app.get(target).body().equals(body));
    }

    private static String manifest(String fixed) {
        return """
        manifest_version = 1
        [app]
        name = "shop"
        [[trigger.http]]
        route = "/fixed"
        static_response = { status = 200, body = "%s" }
        [[trigger.http]]
        route = "/run"
        function = "guest"
        [function.guest]
        source = "guest.wasm"
        files = [ { source = "data", destination = "/data" } ]
        """
                .formatted(fixed);
    }

    /** Asks both routes over and over, and keeps whatever is not a 200. */
    private final class Load implements AutoCloseable {
        private static final int CALLERS = 4;

        final Queue<String> failures = new ConcurrentLinkedQueue<>();
        final Set<String> bodies = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Phaser callers = new Phaser(1);

        Load() {
            for (int i = 0; i < CALLERS; i++) {
                callers.register();
                Thread.startVirtualThread(this::call);
            }
        }

        private void call() {
            while (!ended.get()) {
                try {
                    ask("/fixed");
                    ask("/run?count");
                } catch (IOException | InterruptedException e) {
                    failures.add(e.toString());
                }
            }
            callers.arriveAndDeregister();
        }

        private void ask(String target) throws IOException, InterruptedException {
            var response = app.get(target);
            bodies.add(response.body());
            if (response.statusCode() != 200) {
                failures.add(response.statusCode() + " " + response.body());
            }
        }

        void stop() {
            ended.set(true);
            callers.arriveAndAwaitAdvance();
        }

        @Override
        public void close() {
            ended.set(true);
        }
    }
}
