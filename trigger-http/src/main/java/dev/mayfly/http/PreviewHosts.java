package dev.mayfly.http;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads hosts that name a revision: {@code <n>--<app>.<preview domain>}. */
final class PreviewHosts {
    private final String suffix;

    /** Empty for no domain: then no host names a revision. */
    PreviewHosts(Optional<String> domain) {
        suffix = domain.map(name -> "." + name.toLowerCase(Locale.ROOT)).orElse("");
    }

    /**
     * A revision by its host.
     *
     * @param app the app's name
     * @param revision its number
     */
    record Named(String app, long revision) {}

    /** {@return the revision that a request's authority names, if it names one} */
    Optional<Named> read(String authority) {
        if (suffix.isEmpty()) {
            return Optional.empty();
        }
        String host = Authority.comparable(authority);
        return host.endsWith(suffix)
                ? named(host.substring(0, host.length() - suffix.length()))
                : Optional.empty();
    }

    private static Optional<Named> named(String label) {
        int dashes = label.indexOf("--");
        if (dashes < 0 || label.indexOf('.') >= 0) {
            return Optional.empty();
        }
        OptionalLong revision = number(label.substring(0, dashes));
        return revision.isEmpty()
                ? Optional.empty()
                : Optional.of(new Named(label.substring(dashes + 2), revision.getAsLong()));
    }

    /** {@return the number that {@code digits} are, if they are one} */
    static OptionalLong number(CharSequence digits) {
        if (digits.isEmpty() || digits.length() > 18) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            number = 10 * number + digit;
        }
        return OptionalLong.of(number);
    }
}
