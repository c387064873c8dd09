package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A command as typed by a person, and what came of it.
 *
 * @param exit the exit code
 * @param out standard output
 * @param err standard error
 */
record Typed(int exit, String out, String err) {
    /** The problem document that the last line of standard error is. */
    JsonNode problem() throws IOException {
        String last = err.lines().reduce("", (_, line) -> line);
        return Wire.read(last.getBytes(StandardCharsets.UTF_8));
    }

    static Typed in(Path directory, String... arguments) {
        return in(directory, Map.of(), false, arguments);
    }

    static Typed in(
            Path directory, Map<String, String> environment, boolean colours, String... arguments) {
        return in(directory, environment, colours, Piped.NOTHING, arguments);
    }

    /** The same, by somebody or something that answers. */
    static Typed in(
            Path directory,
            Map<String, String> environment,
            boolean colours,
            Keyboard keyboard,
            String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings =
                new Surroundings(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        environment,
                        directory.toAbsolutePath(),
                        colours,
                        false,
                        keyboard);
        int exit = Mayfly.commandLine(surroundings, arguments).execute(arguments);
        return new Typed(exit, out.toString(), err.toString());
    }
}
