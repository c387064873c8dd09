package dev.mayfly.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the process was started in: all that a command knows of the world beside its arguments.
 *
 * @param out results
 * @param err problems and progress
 * @param environment of the process
 * @param directory what relative paths start from
 * @param colours whether the output may be coloured
 * @param progress whether standard error is a terminal, whose last line may be written over
 * @param keyboard what comes in
 */
record Surroundings(
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Path directory,
        boolean colours,
        boolean progress,
        Keyboard keyboard) {
    /** Not settings of the server, though they start like them. */
    static final Set<String> OWN =
            Set.of(
                    "MAYFLY_JAVA_OPTS",
                    "MAYFLY_AOT",
                    "MAYFLY_JDKS",
                    Complaints.TRACE,
                    ProcessTree.MARK,
                    SettingsOptions.FILE,
                    AccessFinder.SERVER,
                    AccessFinder.TOKEN,
                    AccessFinder.CONTEXT,
                    TlsOptions.CA_FILE,
                    TlsOptions.CERTIFICATE,
                    TlsOptions.KEY);

    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** {@return this process's; its launcher says what is a terminal} */
    static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                environment,
                Path.of("").toAbsolutePath(),
                Boolean.getBoolean("mayfly.terminal")
                        && environment.getOrDefault("NO_COLOR", "").isEmpty(),
                Boolean.getBoolean("mayfly.progress"),
                new ProcessKeyboard());
    }

    /** {@return {@code path} as the process would open it} */
    Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }

    /** {@return {@code path} as a person in this directory would write it} */
    String shown(Path path) {
        return path.startsWith(directory) && !path.equals(directory)
                ? directory.relativize(path).toString()
                : path.toString();
    }

    /** {@return the environment without what is meant for the launcher and this command} */
    Map<String, String> serverEnvironment() {
        Map<String, String> rest = new HashMap<>(environment);
        rest.keySet().removeAll(OWN);
        return rest;
    }

    /** {@return {@code text}, standing out where colours may be used} */
    String bold(String text) {
        return colours ? "\033[1m" + text + "\033[0m" : text;
    }
}
