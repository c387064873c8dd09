package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * The table of what goes wrong between an idea and a running function, errors.toml: each row tried,
 * with the real command in a real folder.
 */
final class ErrorTableIT {
    @TempDir Path folder;

    /**
     * A row.
     *
     * @param situation in words
     * @param app the template that is copied; empty for none
     * @param prepare what sh does then; empty for nothing
     * @param path the {@code PATH}; empty for that of this process
     * @param isOutput whether the words are on standard output
     */
    record Row(
            String situation,
            String app,
            String prepare,
            List<String> command,
            long exit,
            boolean isOutput,
            String path,
            List<String> says,
            List<String> mend) {
        static Row of(TomlTable table) {
            return new Row(
                    table.getString("situation", () -> ""),
                    table.getString("app", () -> ""),
                    table.getString("prepare", () -> ""),
                    words(table, "command"),
                    table.getLong("exit", () -> -1),
                    table.getBoolean("out", () -> false),
                    table.getString("path", () -> ""),
                    words(table, "says"),
                    words(table, "mend"));
        }

        private static List<String> words(TomlTable table, String key) {
            return table.getArrayOrEmpty(key).toList().stream().map(Object::toString).toList();
        }

        @Override
        public String toString() {
            return "mayfly " + String.join(" ", command) + ": " + situation;
        }
    }

    static Stream<Row> rows() {
        try (InputStream in = ErrorTableIT.class.getResourceAsStream("errors.toml")) {
            TomlArray rows = Toml.parse(Objects.requireNonNull(in)).getArrayOrEmpty("error");
            return IntStream.range(0, rows.size()).mapToObj(i -> Row.of(rows.getTable(i)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatWasTriedWhyItFailedAndWhatToDo(Row row) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (!row.app().isEmpty()) {
            assertThat(Typed.in(folder, "new", row.app(), "--into", ".").exit()).isZero();
        }
        prepare(row.prepare());
        if (!row.path().isEmpty()) {
            environment.put("PATH", row.path());
        }
        Map<String, String> before = FolderContents.of(folder);
        String[] command =
                row.command().stream()
                        .map(word -> word.replace("$PWD", folder.toString()))
                        .toArray(String[]::new);

        Typed typed = Typed.in(folder, environment, false, command);

        String told = row.isOutput() ? typed.out() : typed.err();
        assertThat(told).as("%s", row).contains(row.says()).contains(row.mend());
        assertThat(told).doesNotContain("Exception", "\tat ", "a fault of mayfly");
        assertThat((long) typed.exit()).as(told).isEqualTo(row.exit());
        if (List.of("new", "add", "doctor").contains(row.command().getFirst())) {
            assertThat(FolderContents.of(folder)).as("nothing was written").isEqualTo(before);
        }
    }

    @Test
    void everyRowSaysWhatFailedAndWhatToDoAndEveryCommandHasRows() {
        assertThat(rows())
                .allSatisfy(row -> {
                    assertThat(row.situation()).isNotBlank();
                    assertThat(row.says()).isNotEmpty();
                    assertThat(row.mend()).isNotEmpty();
                    assertThat(row.exit()).isBetween(1L, 5L);
                });
        assertThat(rows().map(row -> row.command().getFirst()).distinct())
                .containsExactly("new", "add", "doctor", "build", "test", "watch");
    }

    private void prepare(String script) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", script)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
