package dev.mayfly.cli;

import java.nio.file.Path;
import java.util.Map;

/** The folders of a person, as the XDG base directories say. */
final class Homes {
    private static final String APP = "mayfly";

    private Homes() {}

    /** {@return where settings of this command are kept} */
    static Path config(Map<String, String> environment) {
        return folder(environment, "XDG_CONFIG_HOME", ".config");
    }

    /** {@return where a server of this machine keeps its data unless told otherwise} */
    static Path data(Map<String, String> environment) {
        return folder(environment, "XDG_DATA_HOME", ".local/share");
    }

    private static Path folder(Map<String, String> environment, String variable, String below) {
        String set = environment.getOrDefault(variable, "");
        Path base = set.isEmpty() ? home(environment).resolve(below) : Path.of(set);
        return base.resolve(APP);
    }

    private static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }
}
