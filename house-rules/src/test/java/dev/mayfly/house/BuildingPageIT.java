package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs docs/building.md from top to bottom, with a real compiler. */
final class BuildingPageIT {
    private final Readme page = Readme.read("docs/building.md");

    @Test
    void everyCommandOfThePageSucceedsInItsOrder() throws Exception {
        assumeTrue(isInstalled("clang") && isInstalled("wasm-ld"), "clang and lld are missing");
        assumeTrue(Files.isDirectory(Path.of("/usr/include/wasm32-wasi")), "wasi-libc is missing");
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

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
