package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README tells a new user to run, as it stands there. */
final class ReadmeIT {
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern TIMES = Pattern.compile(", in \\d+ ms \\([^)]*\\)");

    private final Readme readme = Readme.read();

    @Test
    void theMainCommandServesAndCurlPrintsWhatTheReadmeShows() throws Exception {
        try (ServedApp app = ServedApp.start(readme.mainCommand(), readme.port())) {
            String first = Shell.run(readme.curl());
            String second = Shell.run(readme.curl());
            assertThat(masked(first)).isEqualTo(masked(readme.answer()));
            assertThat(masked(second)).isEqualTo(masked(first));
            assertThat(second).isNotEqualTo(first);
            assertThat(app.stop()).isZero();
        }
    }

    @Test
    void anAppIsDeployedAndRolledBackAsTheReadmeShows(@TempDir Path home) throws Exception {
        assertThat(readme.commands()).contains(Readme.SERVER);
        try (ServedApp server = ServedApp.start(Readme.SERVER, readme.port(), home)) {
            for (Readme.Shown step : readme.besideTheServer()) {
                String printed = Shell.run(step.command(), home);
                assertThat(masked(printed)).as(step.command()).isEqualTo(masked(step.output()));
            }
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void theTestCommandIsTheOneThatCiRuns() {
        assertThat(Repository.text(".ci/run").lines()).contains(readme.testCommand());
    }

    @Test
    void everyOtherFencedCommandRuns() throws Exception {
        List<String> others = readme.otherCommands();
        assertThat(others).isNotEmpty();
        for (String command : others) {
            Shell.run(command);
        }
    }

    @Test
    void everyFileTheReadmeLinksToExists() {
        assertThat(readme.linkedFiles())
                .isNotEmpty()
                .allMatch(file -> Files.exists(Repository.ROOT.resolve(file)));
    }

    /** Ids and times differ each time. */
    private static String masked(String answer) {
        String withoutIds = REQUEST_ID.matcher(answer.strip()).replaceAll("<id>");
        return TIMES.matcher(withoutIds).replaceAll("");
    }
}
