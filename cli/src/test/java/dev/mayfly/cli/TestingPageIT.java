package dev.mayfly.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/testing.md shows, as it stands there; and a real process, for Ctrl-C. */
final class TestingPageIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\n(.*?)```");

    @TempDir Path folder;

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(REPOSITORY.resolve("docs/testing.md")));
        while (block.find()) {
            blocks.add(block.group(2));
        }
        return blocks;
    }

    private void app(String template, String module) throws IOException {
        Path from = REPOSITORY.resolve("sdk-templates").resolve(template);
        for (String file : List.of("app.toml", module)) {
            Files.copy(from.resolve(file), folder.resolve(file), REPLACE_EXISTING);
        }
        Files.createDirectories(folder.resolve("tests"));
    }

    private Typed test() {
        Map<String, String> environment =
                Map.of("MAYFLY_CACHE_FOLDER", folder.resolve("cache").toString());
        return Typed.in(folder, environment, false, "test");
    }

    /** Times are another each run. */
    private static String timeless(String text) {
        return text.replaceAll("\\d+(\\.\\d+)? (µs|ms|s)\\b", "TIME").strip();
    }

    @Test
    void theFirstExampleAnswersAsThePageSays() throws IOException {
        app("c", "hello.wasm");
        Files.writeString(folder.resolve("tests/hello.toml"), blocks().get(0));
        String shown = blocks().get(1).replaceFirst("\\$ mayfly test\\n", "");

        assertThat(timeless(test().out())).isEqualTo(timeless(shown));
    }

    @Test
    void theExampleOfRecordsHoldsForTheTemplate() throws IOException {
        app("kafka-consumer", "invoice.wasm");
        Files.writeString(folder.resolve("tests/orders.toml"), blocks().get(2));
        Typed test = test();

        assertThat(test.exit()).as(test.out() + test.err()).isZero();
        assertThat(test.out()).contains("ok: 2 cases in ");
    }

    @Test
    void ctrlCEndsItAndSaysHowFarItCame() throws Exception {
        assumeTrue(interruptsAreHeard(), "Ctrl-C is ignored by what this runs in");
        app("c", "hello.wasm");
        Files.write(folder.resolve("hello.wasm"), Guests.module("echo-c"));
        StringBuilder cases =
                new StringBuilder("[[case]]\nname = \"first\"\nrequest = \"GET /\"\n");
        for (int i = 0; i < 500; i++) {
            cases.append("[[case]]\nname = \"").append(i).append("\"\nrequest = \"GET /?loop\"\n");
        }
        Files.writeString(folder.resolve("tests/slow.toml"), cases);
        Installation installed = Installation.in(folder.resolve("a checkout"));
        Process process = installed.command(folder, "test", "--junit", "junit.xml").start();
        try {
            List<String> out = new CopyOnWriteArrayList<>();
            Thread reader =
                    Thread.startVirtualThread(
                            () -> process.inputReader().lines().forEach(out::add));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> out.stream().anyMatch(line -> line.contains("first")));
            String pid = String.valueOf(process.pid());
            assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            reader.join();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(process.errorReader().lines())
                    .anySatisfy(line ->
                            assertThat(line)
                                    .matches("mayfly test: ended after [0-9]+ of 501 cases"));
            assertThat(folder.resolve("junit.xml")).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What is started in the background inherits that it ignores SIGINT, the second bit. */
    private static boolean interruptsAreHeard() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.isReadable(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .noneMatch(line -> line.matches(".*[2367abefABEF]"));
    }
}
