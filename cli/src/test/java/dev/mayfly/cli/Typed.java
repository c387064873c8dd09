package dev.mayfly.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
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
        int exit = Mayfly.commandLine(surroundings).execute(arguments);
        return new Typed(exit, out.toString(), err.toString());
    }
}
