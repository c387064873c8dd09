package dev.mayfly.server;

import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How names that a caller sent are spoken of. Somebody who mistakes the format sends a secret where
 * a name belongs, and errors are kept where secrets must not be: so a name is repeated only when it
 * is a typing mistake away from one that is known, else its place is told.
 */
final class Sent {
    private static final int SHOWN = 80;

    private Sent() {}

    /**
     * {@return the problem of a name that nobody knows}
     *
     * @param name as sent
     * @param place its number among all that were sent, from 1
     * @param within what it was found in; empty for the whole
     * @param what it is the name of: {@code key}
     * @param known all there are
     */
    static Problem unknown(
            String name, int place, String within, String what, Collection<String> known) {
        String expected = " (expected one of " + List.copyOf(known) + ")";
        Optional<String> near = Manifests.nearest(name, known).filter(_ -> isPlain(name));
        return near.isPresent()
                ? Shape.problem(
                        within(within, name),
                        "an unknown " + what + expected,
                        "did you mean " + near.get() + "?")
                : Shape.problem(
                        within,
                        what + " " + place + " is unknown" + expected,
                        "remove it, or correct its name");
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** {@return where a value is, on one line and not too long} */
    static String within(String key, String name) {
        String plain =
                name.codePoints()
                        .limit(SHOWN)
                        .map(point -> Character.isISOControl(point) ? '?' : point)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        String shown = plain.length() < name.length() ? plain + "…" : plain;
        return key.isEmpty() ? shown : key + "." + shown;
    }
}
