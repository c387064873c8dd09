package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Place;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An app.toml that is changed as text, so that its comments and its layout stay. Whoever uses the
 * result parses it first: what it says counts, not what was meant.
 *
 * @param text so far
 */
record ManifestEdit(String text) {
    /** What an editor knows the file's schema by; the path follows. */
    static final String SCHEMA_LINE = "#:schema ";

    private static final Pattern SCHEMA = Pattern.compile("\\A#:schema [^\\r\\n]*");

    /**
     * {@return the text, the schema line of its first line leading to {@code path}, if it has one}
     */
    ManifestEdit pointingTo(String path) {
        String line = Matcher.quoteReplacement(SCHEMA_LINE + path);
        return new ManifestEdit(SCHEMA.matcher(text).replaceFirst(line));
    }

    /**
     * {@return the text with another name of the app}
     *
     * @param manifest what the text says
     */
    ManifestEdit named(Manifest manifest, String name) {
        Place place = manifest.places().of("app.name");
        int line = 0;
        for (int i = 1; i < place.line(); i++) {
            line = text.indexOf('\n', line) + 1;
        }
        int from = line + Math.max(place.column() - 1, 0);
        Matcher old =
                Pattern.compile("([\"'])" + Pattern.quote(manifest.app().name()) + "\\1")
                        .matcher(text);
        return old.find(from) && old.start() < endOfLine(from)
                ? new ManifestEdit(
                        text.substring(0, old.start() + 1) + name + text.substring(old.end() - 1))
                : this;
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
