package dev.mayfly.registry;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a variable may be called: as in app.toml. */
final class VariableNames {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private VariableNames() {}

    /** {@return the same, by name} Values are not repeated in the error. */
    static Map<String, String> checked(Map<String, String> values) {
        for (String name : values.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "variable \"" + name + "\" (expected: " + NAME + ")");
            }
        }
        values.forEach(VariableNames::checkValue);
        return new TreeMap<>(values);
    }

    private static void checkValue(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the value of " + name + " has a NUL character (expected: text without)");
        }
    }
}
