package dev.mayfly.gateway;

import java.util.Locale;
import java.util.Optional;

/**
 * Something about a server that can be set: what the reader of settings, {@code mayfly config} and
 * docs/configuration.md know of it.
 *
 * @param key as in mayfly.toml, {@code runtime.guest_threads}
 * @param form how its value is written
 * @param fallback what holds unless it is set: a value, or words where that depends on the machine
 * @param flag the option of {@code mayfly server} or {@code mayfly up} that sets it too
 * @param secret whether its value is shown to nobody
 * @param meaning a sentence for people
 */
public record Setting(
        String key,
        Form form,
        Fallback fallback,
        Optional<String> flag,
        boolean secret,
        String meaning) {
    static final String PREFIX = "MAYFLY_";

    /** {@return what the environment calls it: {@code MAYFLY_RUNTIME_GUEST_THREADS}} */
    public String variable() {
        return PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** {@return the variable that names a file with its value} */
    public String fileVariable() {
        return variable() + "_FILE";
    }

    /**
     * How a value is written.
     *
     * @param name a word or two
     * @param allowed what it may be
     */
    public record Form(String name, String allowed) {}

    /**
     * What holds unless it is set.
     *
     * @param text a value or, where it depends on the machine, words
     * @param fixed whether it is a value
     */
    public record Fallback(String text, boolean fixed) {}
}
