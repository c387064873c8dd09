package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompletionCommandTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void theScriptKnowsTheOptions(String shell) {
        Typed script = Typed.in(folder, "completion", shell);

        assertThat(script.exit()).isZero();
        assertThat(script.out()).contains("--watch", "--no-access-log", "--schema");
    }

    @Test
    void bashCompletesWithIt() throws IOException, InterruptedException {
        Path script = folder.resolve("completion.sh");
        Files.writeString(script, Typed.in(folder, "completion", "bash").out());
        String completing =
                "source '%s'; COMP_WORDS=(mayfly up --wa); COMP_CWORD=2; _complete_mayfly; echo \"${COMPREPLY[@]}\""
                        .formatted(script);
        Process bash = new ProcessBuilder("bash", "-c", completing).start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("--watch\n");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void aShellThatIsNotOfferedIsRefusedInPlainWords() {
        Typed fish = Typed.in(folder, "completion", "fish");

        assertThat(fish.exit()).isEqualTo(2);
        assertThat(fish.err()).contains("fish", "bash or zsh");
    }
}
