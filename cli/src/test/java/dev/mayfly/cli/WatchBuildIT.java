package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.Guests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves against an app that {@code mayfly watch} serves. A function's answer begins with the word
 * in its source: it is compiled in by clang where that is installed, else put into a module.
 */
final class WatchBuildIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> FUNCTIONS = List.of("swap", "fail", "late", "noisy", "other");

    private static final String NOISY =
            "noisy: note: noisy/log changed with each of the last builds";

    @TempDir static Path folder;
    private static ServedApp app;

    @BeforeAll
    static void aWatchedApp() throws IOException {
        Installation installed = Installation.in(folder.resolve("checkout"));
        Files.createDirectories(folder.resolve("made"));
        Files.write(folder.resolve("made/hello.wasm"), Guests.module("hello-c"));
        StringBuilder manifest =
                new StringBuilder("manifest_version = 1\napp = { name = \"a\" }\n");
        for (String function : FUNCTIONS) {
            save(function, "first");
            manifest.append(function(function, command(function)));
        }
        Files.writeString(
                folder.resolve("swap/main.c"),
                """
                #include <stdio.h>
                #include <string.h>
                int main(void) {
                    static const char word[] =
                #include "word"
                    ;
                    printf("content-type: text/plain\\n\\n%s", word);
                }
                """);
        Files.writeString(folder.resolve("app.toml"), manifest);
        Files.writeString(folder.resolve("late-go"), "");
        app =
                ServedApp.start(
                        installed.command(folder, "watch", "--listen", "0", "--no-access-log"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String function(String name, String command) {
        return """
        [[trigger.http]]
        route = "/%1$s"
        function = "%1$s"
        [function.%1$s]
        source = "%1$s.wasm"
        [function.%1$s.build]
        command = '''%2$s'''
        watch = ["%1$s/**"]
        """
                .formatted(name, command);
    }

    private static String command(String function) {
        String word = "word=$(tr -d '\"' < %s/word); ".formatted(function);
        String put =
                "echo %1$s $word >> runs && test $word != wrong && LC_ALL=C sed s/hello/$word/"
                        + " made/hello.wasm > %1$s.wasm";
        return switch (function) {
            case "swap" ->
                    isInstalled("clang") && isInstalled("wasm-ld")
                            ? "clang --target=wasm32-wasi -O1 -Wl,--strip-all swap/main.c -o swap.wasm"
                            : word + put.formatted(function);
            case "late" ->
                    word
                            + "touch late-began; until test -e late-go; do sleep 0.02; done; "
                            + put.formatted(function);
            case "noisy" -> word + "date +%s%N > noisy/log; " + put.formatted(function);
            default -> word + put.formatted(function);
        };
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, tool)));
    }

    private static void save(String function, String word) throws IOException {
        Files.createDirectories(folder.resolve(function));
        Files.writeString(folder.resolve(function + "/word"), "\"" + word + "\"");
    }

    private static void awaitAnswer(String function, String word) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> app.get("/" + function).body().startsWith(word));
    }

    private static List<String> runs(String function) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("runs"))) {
            return lines.filter(line -> line.startsWith(function + " ")).toList();
        }
    }

    @Test
    void noneOfAThousandRequestsIsLostInTwentySwaps() throws Exception {
        awaitAnswer("swap", "first");
        try (Load load = new Load()) {
            for (int swap = 1; swap <= 20; swap++) {
                String word = String.format("sw%03d", swap);
                save("swap", word);
                await().atMost(PATIENCE).until(() -> load.bodies.contains(word));
            }
            await().atMost(PATIENCE).until(() -> load.answers.get() >= 1000);
            load.stop();

            assertThat(load.failures).isEmpty();
            assertThat(load.bodies).hasSize(21);
        }
    }

    @Test
    void aBuildThatFailsShowsWhyAndTheOneBeforeServesOn() throws Exception {
        app.awaitLine(NOISY); // by then nothing else is built
        awaitAnswer("fail", "first");
        Files.writeString(folder.resolve("fail/word"), "\"wrong\"");
        app.awaitLine("the one before serves on");

        assertThat(app.err()).anyMatch(line -> line.contains("failed with exit code 1"));
        assertThat(app.get("/fail").body()).startsWith("first");
        save("fail", "right");
        awaitAnswer("fail", "right");
        assertThat(runs("fail")).containsExactly("fail first", "fail wrong", "fail right");
    }

    @Test
    void howeverItIsSavedItIsServedAndOnlyThatFunctionIsBuilt() throws Exception {
        awaitAnswer("other", "first");
        app.awaitLine(NOISY);
        List<String> others = runs("noisy");
        Path word = folder.resolve("other/word");

        Path beside = Files.writeString(folder.resolve("other/.word.swp"), "\"moved\"");
        Files.move(
                beside, word, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        awaitAnswer("other", "moved");

        Files.delete(word);
        save("other", "again");
        awaitAnswer("other", "again");

        for (int i = 0; i < 100; i++) {
            Files.createDirectories(folder.resolve("other/deep/" + i));
            Files.writeString(folder.resolve("other/deep/" + i + "/file"), "");
        }
        save("other", "many.");
        awaitAnswer("other", "many.");

        Files.writeString(folder.resolve("other/deep/99/file"), "seen in a new folder");
        await().atMost(PATIENCE)
                .until(() -> runs("other").stream().filter("other many."::equals).count() >= 2);
        assertThat(runs("noisy")).isEqualTo(others);
    }

    @Test
    void savesThatComeDuringABuildLeadToOneMore() throws Exception {
        awaitAnswer("late", "first");
        Files.delete(folder.resolve("late-began"));
        Files.delete(folder.resolve("late-go"));
        save("late", "one..");
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("late-began")));
        for (String word : List.of("two..", "three", "four.")) {
            save("late", word);
        }
        Files.writeString(folder.resolve("late-go"), "");
        awaitAnswer("late", "four.");
        save("late", "five.");
        awaitAnswer("late", "five.");

        assertThat(runs("late"))
                .containsExactly("late first", "late one..", "late four.", "late five.");
    }

    @Test
    void whatABuildWritesAmongItsSourcesDoesNotBuildForEver() throws Exception {
        app.awaitLine(NOISY);
        int before = runs("noisy").size();
        save("noisy", "other");
        awaitAnswer("noisy", "other");
        save("noisy", "third");
        awaitAnswer("noisy", "third");

        assertThat(runs("noisy")).hasSize(before + 2);
    }

    @Test
    void theTimeFromSaveToServedIsToldInTwoParts() {
        app.awaitLine("reloaded app.toml: served ");

        assertThat(app.err())
                .anyMatch(line ->
                        line.matches(
                                "reloaded app\\.toml: served \\d+ ms after it was saved, \\d+ ms to"
                                        + " build it, \\d+ ms more"));
    }

    /** Asks over and over, and keeps whatever is not a 200. */
    private static final class Load implements AutoCloseable {
        private static final int CALLERS = 4;

        final Queue<String> failures = new ConcurrentLinkedQueue<>();
        final Set<String> bodies = ConcurrentHashMap.newKeySet();
        final AtomicInteger answers = new AtomicInteger();
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
                    var response = app.get("/swap");
                    bodies.add(response.body().substring(0, 5));
                    answers.incrementAndGet();
                    if (response.statusCode() != 200) {
                        failures.add(response.statusCode() + " " + response.body());
                    }
                } catch (IOException | InterruptedException | RuntimeException e) {
                    failures.add(e.toString());
                }
            }
            callers.arriveAndDeregister();
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
