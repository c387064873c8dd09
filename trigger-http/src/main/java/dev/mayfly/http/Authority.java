package dev.mayfly.http;

import java.util.Locale;

/** The {@code host[:port]} of a {@code Host} field or an absolute target. */
final class Authority {
    private Authority() {}

    /** {@return whether it is a host with an optional port; empty counts, as in HTTP} */
    static boolean isValid(CharSequence authority) {
        boolean plain = true;
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (!Octets.isAuthority(c)) {
                return false;
            }
            plain &= c != ':' && c != '[' && c != ']';
        }
        return plain || hasValidParts(authority.toString());
    }

    private static boolean hasValidParts(String authority) {
        int end = hostEnd(authority);
        return (authority.startsWith("[")
                        ? isLiteral(authority, end)
                        : authority.indexOf('[') < 0 && authority.indexOf(']') < 0)
                && (end == authority.length() || isPort(authority, end + 1));
    }

    /** One pair of brackets with something in it, and nothing between it and the port. */
    private static boolean isLiteral(String authority, int end) {
        return end > 2
                && authority.indexOf(']') == end - 1
                && authority.lastIndexOf('[') == 0
                && authority.lastIndexOf(']') == end - 1;
    }

    private static boolean isPort(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() - from <= 5;
    }

    private static int hostEnd(String authority) {
        int bracket = authority.indexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        return colon < 0 ? authority.length() : colon;
    }

    /** {@return the host, brackets kept} */
    static String host(String authority) {
        return authority.substring(0, hostEnd(authority));
    }

    /** {@return the port, or {@code otherwise} if there is none} */
    static int port(String authority, int otherwise) {
        int end = hostEnd(authority);
        if (end + 1 >= authority.length() || !isPort(authority, end + 1)) {
            return otherwise;
        }
        return Integer.parseInt(authority, end + 1, authority.length(), 10);
    }

    /** {@return the host as routes compare it: lower-case, without port and final dot} */
    static String comparable(String authority) {
        String host = host(authority).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    static String bracketed(String address) {
        return address.indexOf(':') >= 0 && !address.startsWith("[")
                ? "[" + address + "]"
                : address;
    }
}
