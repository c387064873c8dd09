package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectIT {
    @TempDir Path folder;

    @BeforeEach
    void aModule() throws IOException {
        Files.write(folder.resolve("hello.wasm"), Guests.module("hello-c"));
    }

    @Test
    void itTellsWhatAModuleIsMadeOfAndHowItRuns() {
        Typed inspect = inspect("hello.wasm");

        assertThat(inspect.exit()).as(inspect.err()).isZero();
        assertThat(inspect.out())
                .containsPattern("(?m)^form +command$")
                .containsPattern("(?m)^entry point +_start$")
                .containsPattern("(?m)^memory +\\d+ KiB at the start, ")
                .containsPattern(
                        "(?m)^sample run +GET / .* \\d+ pages of 4 KiB dirty, .* \\d+ host calls?$")
                .containsPattern("(?m)^ +[\\d,]+ B  code$")
                .containsPattern("(?m)^    wasi_snapshot_preview1.fd_write$")
                .containsPattern("(?m)^interpreted +nothing");
    }

    @Test
    void programsGetTheSameAsAnObject() {
        assertThat(inspect("hello.wasm", "--output", "json").out())
                .contains("\"form\": \"command\"")
                .contains("\"entrypoint\": \"_start\"")
                .containsPattern("\"dirty_pages\": [1-9]")
                .containsPattern("\"host_calls\": [1-9]")
                .contains("\"interpreted\": []");
    }

    @Test
    void aModuleThatDoesNotLoadIsRefusedWithTheReason() throws IOException {
        Files.writeString(folder.resolve("text.wat"), "(module)");
        Typed inspect = inspect("text.wat");

        assertThat(inspect.exit()).isEqualTo(3);
        assertThat(inspect.out()).isEmpty();
        assertThat(inspect.err()).startsWith("text.wat: ").doesNotContain("\tat ");
    }

    @Test
    void whatCouldBeSeenOfAModuleThatDoesNotLoadIsTold() throws IOException {
        Files.write(folder.resolve("entropy.wasm"), Guests.module("reactor-entropy-c"));
        Typed inspect = inspect("entropy.wasm");

        assertThat(inspect.exit()).isEqualTo(3);
        assertThat(inspect.out())
                .containsPattern("(?m)^form +reactor$")
                .doesNotContain("sample run");
        assertThat(inspect.err()).startsWith("entropy.wasm: ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Typed inspect = inspect("nothing.wasm");

        assertThat(inspect.exit()).isEqualTo(1);
        assertThat(inspect.err()).isEqualTo("mayfly inspect: nothing.wasm: no such file\n");
    }

    private Typed inspect(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "inspect";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Typed.in(
                folder,
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
                false,
                command);
    }
}
