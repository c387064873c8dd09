package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server that cannot start says so; that one starts and stops is on the pages' tests. */
final class ServerCommandIT {
    @TempDir Path folder;

    @Test
    void aSettingThatIsNoneStopsTheStart() {
        Typed typed = server("--listen", "nowhere:at:all");

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).contains("listen", "nowhere:at:all", "1 problem in settings");
    }

    @Test
    void aDataFolderAndAPortAreOneServers() {
        try (RunningServer first = RunningServer.start(folder.resolve("first"))) {
            Typed folderTaken = server("--data", folder.resolve("first/data").toString());
            Typed portTaken = server("--listen", first.listen().toString());

            assertThat(folderTaken.exit()).isEqualTo(1);
            assertThat(folderTaken.err())
                    .contains("another server uses the data folder", "stop it");
            assertThat(portTaken.exit()).isEqualTo(1);
            assertThat(portTaken.err())
                    .contains("cannot listen on " + first.listen(), "--listen takes another");
            assertThat(folderTaken.out() + portTaken.out()).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsNoneIsRefusedWithoutItsPassword() {
        Map<String, String> environment =
                Map.of("MAYFLY_DATABASE_URL", "mysql://me:opensesame@127.0.0.1/mayfly");

        Typed typed = Typed.in(folder, environment, false, arguments());

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).contains("database.url").doesNotContain("opensesame");
    }

    private Typed server(String... more) {
        return Typed.in(folder, Map.of(), false, arguments(more));
    }

    /** Nothing of this machine is taken unless a test says so. */
    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of("server", "--admin-listen", "127.0.0.1:0"));
        List<String> given = List.of(more);
        if (!given.contains("--data")) {
            all.addAll(List.of("--data", folder.resolve("second").toString()));
        }
        if (!given.contains("--listen")) {
            all.addAll(List.of("--listen", "127.0.0.1:0"));
        }
        all.addAll(given);
        return all.toArray(String[]::new);
    }
}
