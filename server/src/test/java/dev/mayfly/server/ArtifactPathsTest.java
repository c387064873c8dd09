package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path of a deploy leads out of the revision's folder. */
final class ArtifactPathsTest {
    private static final Manifest APP = Manifests.bareModule("app", "f.wasm");
    private static final Path FOLDER = Path.of("/data/apps/app/1");

    private static int problems(String path) {
        return ArtifactPaths.problems(APP, Set.of("f.wasm", path)).size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                "../f.wasm",
                "a/../../b",
                "a/./b",
                "./a",
                "a//b",
                "a/",
                "a\\b",
                "C:/a",
                "a\u0000b",
                "a\nb",
                "f.wasm/inside"
            })
    void aPathThatIsNoFileOfTheFolderIsRefused(String path) {
        assertThat(problems(path)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.c/d", ".hidden", "..a", "a..", "a b/ü", "..."})
    void aFileOfTheFolderIsNot(String path) {
        assertThat(problems(path)).isZero();
    }

    @Test
    @Tag("limit:ArtifactPaths.LONGEST")
    void aPathOfMoreThanTheMostCharactersIsRefused() {
        assertThat(problems("a".repeat(ArtifactPaths.LONGEST))).isZero();
        assertThat(problems("a".repeat(ArtifactPaths.LONGEST + 1))).isEqualTo(1);
    }

    @Test
    void whateverIsAcceptedStaysInside() {
        long seed = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int part = random.nextInt(8); part >= 0; part--) {
                path.append("./.\\:ab\u0000".charAt(random.nextInt(8)));
            }
            if (problems(path.toString()) == 0) {
                Path file = ArtifactPaths.inside(FOLDER, path.toString());
                assertThat(file.startsWith(FOLDER) && !file.equals(FOLDER))
                        .as("seed %s, path %s", seed, path)
                        .isTrue();
            }
        }
    }

    @Test
    void whatWasNotReadFirstDoesNotLeadOutEither() {
        assertThatThrownBy(() -> ArtifactPaths.inside(FOLDER, "../2/f.wasm"))
                .hasMessageContaining("../2/f.wasm");
    }

    @Test
    void aModuleThatIsNotAmongTheArtifactsIsNamed() {
        assertThat(ArtifactPaths.problems(APP, Set.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("f.wasm"));
    }
}
