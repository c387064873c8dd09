package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does docs/tutorial.md from top to bottom, as somebody would who has done nothing yet. Each block
 * of {@code sh} is typed as one; a block with only {@code mayfly watch} or {@code mayfly server} is
 * a terminal of its own, until the next such block. What a {@code console} block shows is standard
 * output: progress and hints are for whoever sits there.
 */
final class TutorialPageIT {
    private static final String PAGE = "docs/tutorial.md";
    private static final Pattern TIME = Pattern.compile("[0-9.]+ (?:ms|µs|s)\\b( \\([^)]*\\))?");

    /** From a save until it is served, on a machine that has other work as well. */
    private static final Duration UNTIL_SERVED = Duration.ofSeconds(30);

    private static final int PORT = 3000;

    @TempDir static Path home;

    private final List<ServedApp> serving = new ArrayList<>();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itsCommandsDoWhatItSays() throws Exception {
        NewUser user = NewUser.in(home);
        Path place = Files.createDirectory(home.resolve("work"));
        Matcher block = Readme.FENCE.matcher(Repository.text(PAGE));
        try {
            while (block.find()) {
                String text = block.group(2);
                if (block.group(1).equals("console")) {
                    for (Readme.Shown step : Readme.shownIn(text)) {
                        shows(user, place, step);
                    }
                } else if (text.matches("mayfly (watch|server)\\n")) {
                    serve(user, place, text.strip());
                } else {
                    place = typed(user, place, text);
                }
            }
            stop();
        } finally {
            for (ServedApp each : serving) {
                each.close();
            }
        }
    }

    /** A {@code cd} counts for the blocks after it. */
    private static Path typed(NewUser user, Path place, String text) throws Exception {
        for (String line : text.lines().filter("mayfly doctor"::equals).toList()) {
            String before = text.substring(0, text.indexOf(line));
            NewUser.Typed doctor = user.tries(place, "set -e\n" + before + line);
            assumeThat(doctor.code()).as(doctor.output()).isZero();
            return lastFolder(place, before);
        }
        user.run(place, "set -e\n" + text);
        return lastFolder(place, text);
    }

    private static Path lastFolder(Path place, String text) {
        return text.lines()
                .filter(line -> line.startsWith("cd "))
                .map(line -> place.resolve(line.substring(3)))
                .reduce(place, (_, last) -> last);
    }

    /** What is asked right after a save may have to be asked again; commands are typed once. */
    private static void shows(NewUser user, Path place, Readme.Shown step) throws Exception {
        String command = "{ " + step.command() + "; } 2>/dev/null";
        if (step.command().startsWith("curl ")) {
            await().atMost(UNTIL_SERVED)
                    .pollInSameThread()
                    .untilAsserted(() ->
                            assertThat(user.tries(place, command).output())
                                    .as(step.command())
                                    .isEqualTo(step.output()));
        } else {
            assertThat(masked(user.tries(place, command).output()))
                    .as(step.command())
                    .isEqualTo(masked(step.output()));
        }
    }

    private void serve(NewUser user, Path place, String command) throws IOException {
        stop();
        serving.add(user.serve(place, command, PORT, home.resolve("served.log")));
    }

    private void stop() throws IOException {
        for (ServedApp each : serving) {
            assertThat(each.stop()).isZero();
        }
        serving.clear();
    }

    @Test
    void everyFileItLinksToExists() {
        assertThat(Readme.read(PAGE).linkedFiles())
                .isNotEmpty()
                .filteredOn(file -> !file.startsWith("http"))
                .allMatch(file -> Files.exists(Repository.ROOT.resolve("docs").resolve(file)));
    }

    /** Times differ each time. */
    private static String masked(String text) {
        return TIME.matcher(text.strip()).replaceAll("<time>");
    }
}
