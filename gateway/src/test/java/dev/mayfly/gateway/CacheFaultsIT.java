package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A cache folder that fails: the server serves on, says so once, and keeps again when it can. */
class CacheFaultsIT {
    private static final Logger STORE =
            (Logger) LoggerFactory.getLogger("dev.mayfly.pool.ArtifactStore");

    @TempDir Path folder;
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private Path cache;

    @BeforeEach
    void listenAndMount() throws IOException {
        STORE.setLevel(Level.INFO);
        said.start();
        STORE.addAppender(said);
        cache = Files.createDirectories(folder.resolve("cache"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", cache.toString()) == 0,
                "mounting a small file system takes root");
    }

    @AfterEach
    void unmount() throws IOException {
        STORE.detachAppender(said);
        run("umount", cache.toString());
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    private void remount(String options) throws IOException {
        assertThat(run("mount", "-o", "remount," + options, cache.toString())).isZero();
    }

    private Gateway serve(String... guests) {
        Gateway gateway = Gateway.open(PlayedServer.settings(folder));
        AppFolder files = new AppFolder(folder.resolve("app"));
        StringBuilder toml = new StringBuilder();
        for (String guest : guests) {
            files.with(guest);
            toml.append(
                    AppFolder.function("/" + guest, guest, "pool = { idle_timeout = \"200ms\" }"));
        }
        assertThat(gateway.deploy(files.app(toml.toString())))
                .isInstanceOf(DeployResult.Deployed.class);
        return gateway;
    }

    private static void assertAnswers(int port, String guest) {
        try (RawClient client = new RawClient(port)) {
            client.send("GET /" + guest + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    private static int port(Gateway gateway) {
        return ((Binding.Bound) gateway.listen()).address().port();
    }

    private List<String> lines() {
        return List.copyOf(said.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.count();
        }
    }

    @Test
    void aFullDisk() throws IOException {
        try (Gateway gateway = serve("hello-c", "echo-c")) {
            int port = port(gateway);
            assertAnswers(port, "hello-c");
            assertAnswers(port, "echo-c");
            assertThat(lines()).singleElement().asString().startsWith("cannot keep anything in ");
            remount("size=8m");
            await().until(() -> files() == 4);
            assertThat(lines()).hasSize(2).last().asString().endsWith(" can be written again");
            awaitCold(gateway, 2);
            assertAnswers(port, "hello-c");
            assertAnswers(port, "echo-c");
        }
    }

    private static void awaitCold(Gateway gateway, int functions) {
        await().until(() ->
                Scrape.of(gateway).value("mayfly_functions{tier=\"cold\"}") == functions);
    }

    @Test
    void aFolderThatMayNotBeWritten() throws IOException {
        remount("size=8m");
        serve("hello-c").close();
        remount("ro");
        try (Gateway gateway = serve("hello-c", "echo-c")) {
            int port = port(gateway);
            assertAnswers(port, "hello-c");
            assertAnswers(port, "echo-c");
            assertThat(lines())
                    .filteredOn(line -> line.startsWith("cannot keep anything in "))
                    .hasSize(1);
            assertThat(lines()).doesNotHaveDuplicates();
            remount("rw");
            await().until(() -> files() == 4);
            awaitCold(gateway, 2);
            assertAnswers(port, "hello-c");
            assertAnswers(port, "echo-c");
        }
    }
}
