package dev.mayfly.registry;

import java.util.regex.Pattern;

/**
 * A change of an app that is wanted.
 *
 * @param app which
 * @param action for the audit log
 * @param intent who, and under which conditions
 * @param request a hash of all that was asked, to know it again
 */
record Order(String app, String action, Intent intent, String request) {
    private static final Pattern APP = Pattern.compile("|[a-z0-9][a-z0-9-]{0,62}");

    Order {
        if (!APP.matcher(app).matches()) {
            throw new IllegalArgumentException(
                    "app \"" + app + "\" (expected: a lower-case name, as in app.toml)");
        }
    }
}
