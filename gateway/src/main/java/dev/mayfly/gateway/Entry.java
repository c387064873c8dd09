package dev.mayfly.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A row of the table of settings: all there is to know of one.
 *
 * @param <T> what comes of its value
 * @param setting what people are told
 * @param form how its value is read
 * @param fallback its value unless it is set, by the environment; empty when it has none
 */
record Entry<T>(
        Setting setting, Form<T> form, Function<Map<String, String>, Optional<String>> fallback) {
    /** One with a default of its own. */
    static <T> Entry<T> of(String key, Form<T> form, String fallback, String meaning) {
        Setting.Fallback said = new Setting.Fallback(fallback, true);
        return new Entry<>(
                new Setting(key, form.said(), said, Optional.empty(), false, meaning),
                form,
                environment -> Optional.of(fallback));
    }

    /** One whose default is none, in words what that comes to. */
    static <T> Entry<T> unset(String key, Form<T> form, String words, String meaning) {
        Setting.Fallback said = new Setting.Fallback(words, false);
        return new Entry<>(
                new Setting(key, form.said(), said, Optional.empty(), false, meaning),
                form,
                environment -> Optional.empty());
    }

    /** The same with a default that is found out here. */
    Entry<T> found(Function<Map<String, String>, String> here) {
        return new Entry<>(setting, form, environment -> Optional.of(here.apply(environment)));
    }

    Entry<T> flag(String option) {
        return told(Optional.of(option), setting.secret());
    }

    Entry<T> secret() {
        return told(setting.flag(), true);
    }

    private Entry<T> told(Optional<String> flag, boolean secret) {
        return new Entry<>(
                new Setting(
                        setting.key(),
                        setting.form(),
                        setting.fallback(),
                        flag,
                        secret,
                        setting.meaning()),
                form,
                fallback);
    }

    String key() {
        return setting.key();
    }
}
