package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionCommandTest {
    @TempDir Path folder;

    @Test
    void itTellsTheVersionTheCommitTheJdkAndTheRuntime() {
        Typed version = Typed.in(folder, "version");

        assertThat(version.exit()).isZero();
        assertThat(version.out())
                .containsPattern("(?m)^mayfly +\\d+\\.\\d+\\.\\d+")
                .containsPattern("(?m)^commit +\\S+$")
                .contains(Runtime.version().toString())
                .containsPattern("(?m)^runtime +Chicory \\d");
    }

    @Test
    void programsGetAnObject() {
        assertThat(Typed.in(folder, "version", "--output", "json").out())
                .startsWith("{\n  \"mayfly\": \"")
                .endsWith("\n}\n");
    }

    @Test
    void anUnknownFormatIsWrongUsageAndNamesTheFormats() {
        Typed version = Typed.in(folder, "version", "--output", "yaml");

        assertThat(version.exit()).isEqualTo(2);
        assertThat(version.err()).contains("yaml").containsIgnoringCase("text, json");
    }

    @Test
    void theOptionOfOtherToolsWorksToo() {
        assertThat(Typed.in(folder, "--version").out()).startsWith("mayfly " + Build.version());
    }
}
