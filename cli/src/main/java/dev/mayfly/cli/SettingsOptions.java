package dev.mayfly.cli;

import dev.mayfly.gateway.Setting;
import dev.mayfly.gateway.SettingSources;
import dev.mayfly.manifest.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that reads a server's settings. */
final class SettingsOptions {
    /** The settings file, unless {@code --settings} names one. */
    static final String FILE = "MAYFLY_SETTINGS";

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "Server settings, a mayfly.toml (default: the file MAYFLY_SETTINGS names).")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Any setting that is no secret, such as drain_delay=5s; repeatable. mayfly config lists all.")
    private Map<String, String> set = new LinkedHashMap<>();

    /**
     * {@return where settings come from}
     *
     * @param named by key, as options of their own say
     * @throws ParameterException for a secret, and for a setting that is given twice
     */
    SettingSources sources(Surroundings surroundings, Map<String, String> named) {
        Map<String, String> flags = new LinkedHashMap<>(named);
        set.forEach((key, value) -> {
            Optional<Setting> setting = setting(key);
            if (setting.isPresent() && setting.get().secret()) {
                throw misused(
                        "--set "
                                + key
                                + ": everybody on this machine could read it (expected: "
                                + setting.get().variable()
                                + ", "
                                + setting.get().fileVariable()
                                + " or the settings file)");
            }
            if (flags.put(key, value) != null) {
                throw misused("--set " + key + ": an option of its own says that already");
            }
        });
        return new SettingSources(file(surroundings), surroundings.serverEnvironment(), flags);
    }

    private static Optional<Setting> setting(String key) {
        return SettingSources.known().stream()
                .flatMap(group -> group.settings().stream())
                .filter(each -> each.key().equals(key))
                .findFirst();
    }

    private ParameterException misused(String message) {
        return Usage.wrong(command, message);
    }

    private Optional<Path> file(Surroundings surroundings) {
        return Optional.ofNullable(file)
                .or(() ->
                        Optional.ofNullable(surroundings.environment().get(FILE))
                                .filter(text -> !text.isEmpty())
                                .map(Path::of))
                .map(surroundings::resolve);
    }

    /** Prints problems: those of the file with its name and line, the others with who said it. */
    void report(Surroundings surroundings, List<Problem> problems) {
        String shown = file(surroundings).map(surroundings::shown).orElse("settings");
        new ProblemReport(surroundings).printSettings(shown, problems);
    }
}
