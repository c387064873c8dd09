package dev.mayfly.gateway;

import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** mayfly.toml, flattened to dotted keys and text. */
final class SettingsFile {
    private SettingsFile() {}

    /** Where a value can come from. */
    enum Source {
        SETTINGS_FILE,
        VALUE_FILE,
        VARIABLE,
        FLAG
    }

    /**
     * A value as some source gave it.
     *
     * @param text the value
     * @param from what people call the source: {@code --listen}, {@code MAYFLY_LISTEN}, the file
     * @param line in the file, else 0
     * @param column in the file, else 0
     * @param kind which sort of source
     */
    record Given(String text, String from, int line, int column, Source kind) {
        static Given flag(String option, String text) {
            return new Given(text, option, 0, 0, Source.FLAG);
        }

        static Given variable(String name, String text) {
            return new Given(text, name, 0, 0, Source.VARIABLE);
        }

        /** What the file holds that {@code variable} names. */
        static Given inFile(Given variable, String text) {
            return new Given(text, variable.from(), 0, 0, Source.VALUE_FILE);
        }

        /** {@return what is wrong with the value, as far as it may be told} */
        Problem unreadable(String key, String message) {
            String told = kind == Source.VALUE_FILE ? withoutValue(message) : message;
            return problem(key, told, "correct the value");
        }

        /**
         * {@return what may be told of a value that is nobody's business} Readings quote what they
         * were given; of that only what they expect is told, and not even that of a value that
         * looks like it.
         */
        String withoutValue(String message) {
            int expectation = message.lastIndexOf("(expected: ");
            return expectation < 0 || text.contains("(expected: ")
                    ? "the value cannot be used"
                    : "the value cannot be used " + message.substring(expectation);
        }

        Problem problem(String key, String message, String mend) {
            String where = line == 0 && !message.startsWith(from) ? from + ": " : "";
            return new Problem(line, column, key, where + message, mend);
        }
    }

    static Map<String, Given> read(Path file, List<Problem> problems) {
        try {
            TomlParseResult toml = Toml.parse(file);
            toml.errors()
                    .forEach(error ->
                            problems.add(
                                    new Problem(
                                            error.position().line(),
                                            error.position().column(),
                                            "",
                                            String.valueOf(error.getMessage()),
                                            "correct the TOML of " + file)));
            return flatten(toml);
        } catch (IOException e) {
            problems.add(
                    new Problem(
                            0,
                            0,
                            "",
                            file + " cannot be read (" + e.getMessage() + ")",
                            "name a file that exists and may be read"));
            return Map.of();
        }
    }

    private static Map<String, Given> flatten(TomlParseResult toml) {
        Map<String, Given> given = new LinkedHashMap<>();
        for (List<String> path : toml.keyPathSet()) {
            Object value = toml.get(path);
            TomlPosition position = toml.inputPositionOf(path);
            String key = String.join(".", path);
            int line = position == null ? 0 : position.line();
            int column = position == null ? 0 : position.column();
            given.put(key, new Given(textOf(value), key, line, column, Source.SETTINGS_FILE));
        }
        return given;
    }

    private static String textOf(@Nullable Object value) {
        if (value instanceof TomlArray array) {
            List<String> items = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                items.add(String.valueOf(array.get(i)));
            }
            return String.join(",", items);
        }
        return String.valueOf(value);
    }
}
