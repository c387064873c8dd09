package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Runs docs/building.md from top to bottom, with a real compiler. */
final class BuildingPageIT {
    private final Readme page = Readme.read("docs/building.md");

    @Test
    void everyCommandOfThePageSucceedsInItsOrder() throws Exception {
        Process doctor = Shell.builder("./mayfly doctor sdk-templates/c").start();
        String said = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(doctor.waitFor() == 0, said);
        assertThat(page.commands()).hasSizeGreaterThan(3);
        for (String command : page.commands()) {
            Shell.run(command);
        }
    }

    @Test
    void everyFileThePageLinksToExists() {
        assertThat(page.linkedFiles())
                .allMatch(file -> Files.exists(Repository.ROOT.resolve("docs").resolve(file)));
    }
}
