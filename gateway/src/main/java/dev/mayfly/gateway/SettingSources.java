package dev.mayfly.gateway;

import dev.mayfly.manifest.Parsed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from: flags over environment over file over defaults. Keys are written as in
 * mayfly.toml, {@code runtime.guest_threads}; the environment writes them {@code
 * MAYFLY_RUNTIME_GUEST_THREADS}.
 *
 * @param file mayfly.toml, if there is one
 * @param environment the process's environment; names without {@code MAYFLY_} are passed over
 * @param flags by key
 */
public record SettingSources(
        Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    /** Copies the maps in. */
    public SettingSources {
        environment = Map.copyOf(environment);
        flags = Map.copyOf(flags);
    }

    /** {@return the settings, or every problem of all sources; reads files} */
    public Parsed<ServerSettings> read() {
        return new SettingsReader(this).read();
    }

    /** {@return what {@code mayfly server} would make of each setting, and why; reads files} */
    public SettingsExplained explain() {
        return new SettingsReader(this).explain();
    }

    /** {@return everything that can be set} */
    public static List<SettingGroup> known() {
        return SettingTable.GROUPS;
    }
}
