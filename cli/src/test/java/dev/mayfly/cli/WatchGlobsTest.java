package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchGlobsTest {
    @TempDir Path folder;

    @BeforeEach
    void aTree() throws IOException {
        for (String file :
                List.of(
                        "build",
                        "Cargo.toml",
                        "src/main.c",
                        "src/main.h",
                        "src/deep/er/more.c",
                        "lib/a.c",
                        "[odd]/a.c",
                        "node_modules/x/index.js",
                        ".git/HEAD",
                        ".mayfly/build.json",
                        "target/CACHEDIR.TAG",
                        "target/out.c")) {
            Files.createDirectories(folder.resolve(file).resolveSibling("."));
            Files.writeString(folder.resolve(file), "");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "src/**            | src/deep/er/more.c src/main.c src/main.h",
                "src/**/*.c        | src/deep/er/more.c src/main.c",
                "**/*.c            | [odd]/a.c lib/a.c src/deep/er/more.c src/main.c",
                "src/*             | src/main.c src/main.h",
                "src               | src/deep/er/more.c src/main.c src/main.h",
                "src/              | src/deep/er/more.c src/main.c src/main.h",
                "./src/*.c         | src/main.c",
                "{src,lib}/*.c     | lib/a.c src/main.c",
                "src/**/er/**/*.c  | src/deep/er/more.c",
                "build             | build",
                "Cargo.*           | Cargo.toml",
                "src/main.?        | src/main.c src/main.h",
                "\\[odd\\]/*       | [odd]/a.c",
                "target/**         | target/CACHEDIR.TAG target/out.c",
                "node_modules/x/*  | node_modules/x/index.js",
                "nothing/**        | ''",
            })
    void aGlobMeansTheseFiles(String glob, String files) throws IOException {
        assertThat(WatchGlobs.of(folder, List.of(glob)).files())
                .extracting(Path::toString)
                .containsExactly(files.isEmpty() ? new String[0] : files.split(" "));
    }

    @Test
    void whatIsMadeOrFetchedIsNotAmongEverything() throws IOException {
        assertThat(WatchGlobs.of(folder, List.of("**")).files())
                .extracting(Path::toString)
                .contains("build", "src/main.c")
                .noneMatch(path -> path.matches("(target|node_modules|\\.git|\\.mayfly)/.*"));
    }

    @Test
    void aFolderBesideTheAppMayBeWatched() throws IOException {
        Path app = Files.createDirectories(folder.resolve("app"));

        assertThat(WatchGlobs.of(app, List.of("../lib/**")).files())
                .extracting(Path::toString)
                .containsExactly("../lib/a.c");
    }

    @Test
    void aLinkInACircleIsWalkedOnce() throws IOException {
        Files.createSymbolicLink(folder.resolve("src/circle"), folder.resolve("src"));

        assertThat(WatchGlobs.of(folder, List.of("src/**")).files())
                .extracting(Path::toString)
                .contains("src/main.c");
    }

    @Test
    void aGlobThatMatchesNothingIsKnown() throws IOException {
        WatchGlobs globs = WatchGlobs.of(folder, List.of("src/**", "srcs/**"));

        assertThat(globs.idle(globs.files())).containsExactly("srcs/**");
    }
}
