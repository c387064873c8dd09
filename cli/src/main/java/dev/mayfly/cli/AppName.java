package dev.mayfly.cli;

import java.util.Locale;

/** Makes an app's name of a file's or folder's. */
final class AppName {
    private static final int LONGEST = 63;

    private AppName() {}

    /** {@return {@code name} in lower case, other characters as single dashes} */
    static String from(String name) {
        String usable =
                name.replaceFirst("\\.wasm$", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-");
        String trimmed =
                usable.substring(0, Math.min(usable.length(), LONGEST)).replaceAll("^-|-$", "");
        return trimmed.isEmpty() ? "app" : trimmed;
    }
}
