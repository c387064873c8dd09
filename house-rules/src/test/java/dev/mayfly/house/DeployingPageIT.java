package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs docs/deploying.md from top to bottom, as somebody would who has done nothing yet. */
final class DeployingPageIT {
    private static final int PORT = 3000;

    private final Readme page = Readme.read("docs/deploying.md");

    @Test
    void everyCommandOfThePageSucceedsInItsOrder(@TempDir Path home) throws Exception {
        assertThat(page.commands().getFirst()).isEqualTo(Readme.SERVER);
        List<String> commands = page.commands().subList(1, page.commands().size());
        try (ServedApp server = ServedApp.start(Readme.SERVER, PORT, home)) {
            for (String command : commands) {
                Shell.run(command, home);
            }
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void everyFileThePageLinksToExists() {
        assertThat(page.linkedFiles())
                .isNotEmpty()
                .allMatch(file -> Files.exists(Repository.ROOT.resolve("docs").resolve(file)));
    }
}
