package dev.mayfly.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A form of values: how they are written, and how they are read.
 *
 * @param <T> what comes of a value
 * @param said for people
 * @param reading throws IllegalArgumentException with what was given and what is expected
 */
record Form<T>(Setting.Form said, Function<String, T> reading) {
    static final Form<ServerSettings.Address> ADDRESS =
            of(
                    "address",
                    "`8080` for this machine only, `:8080` for every address, `host:port` or `[v6]:port`; port 0 takes a free one",
                    SettingValues::address);
    static final Form<Duration> DURATION =
            of(
                    "duration",
                    "a whole number above 0 with `ms`, `s`, `m` or `h`: `10s`",
                    SettingValues::duration);
    static final Form<Duration> DURATION_OR_ZERO =
            of(
                    "duration or 0",
                    "a whole number with `ms`, `s`, `m` or `h`: `0s`, `5s`",
                    SettingValues::durationOrZero);
    static final Form<Long> SIZE =
            of(
                    "size",
                    "a whole number with `B`, `KiB`, `MiB` or `GiB`: `64MiB`",
                    SettingValues::size);
    static final Form<Integer> COUNT =
            of("number", "a whole number from 1 to 999999", SettingValues::count);
    static final Form<Boolean> YES_OR_NO =
            of("yes or no", "`true` or `false`", SettingValues::yesOrNo);
    static final Form<Path> FOLDER =
            of("folder", "a path; made where it is missing", SettingValues::path);
    static final Form<Path> FILE = of("file", "a path of a file in PEM form", SettingValues::path);
    static final Form<List<Path>> FILES =
            of(
                    "files",
                    "one such path or several: a list in mayfly.toml, elsewhere with commas",
                    SettingValues::paths);

    static <T> Form<T> of(String name, String allowed, Function<String, T> reading) {
        return new Form<>(new Setting.Form(name, allowed), reading);
    }

    /** Throws IllegalArgumentException for what cannot be meant. */
    T read(String text) {
        return reading.apply(text);
    }
}
