package dev.mayfly.gateway;

import java.util.Optional;

/**
 * What a setting is, and who said so.
 *
 * @param setting which
 * @param value as written; {@code set} for what is secret or came from a {@code MAYFLY_…_FILE};
 *     empty for what has none
 * @param origin which kind of source said so
 * @param where the option, the variable, or file and line; empty for a default
 */
public record SettingValue(Setting setting, Optional<String> value, Origin origin, String where) {
    /** Who can say what a setting is, the strongest first. */
    public enum Origin {
        /** An option of the command. */
        FLAG,
        /** A variable of the environment, or a file that one names. */
        ENVIRONMENT,
        /** mayfly.toml. */
        FILE,
        /** Nobody. */
        DEFAULT
    }
}
