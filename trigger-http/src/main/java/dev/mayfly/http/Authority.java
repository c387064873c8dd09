package dev.mayfly.http;

import java.util.Locale;

/** The {@code host[:port]} of a {@code Host} field or an absolute target. */
final class Authority {
    private Authority() {}

    /** {@return whether it is a host with an optional port; empty counts, as in HTTP} */
    static boolean isValid(CharSequence authority) {
        int colons = 0;
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (!Octets.isAuthority(c) || (c == '[' && i > 0)) {
                return false;
            }
            if (c == ':') {
                colons++;
            }
        }
        return colons == 0 || hasValidPort(authority.toString(), colons);
    }

    private static boolean hasValidPort(String authority, int colons) {
        int end = hostEnd(authority);
        boolean literal = authority.startsWith("[");
        if (literal ? authority.charAt(end - 1) != ']' : colons > 1) {
            return false;
        }
        return end == authority.length()
                || (authority.charAt(end) == ':' && isPort(authority, end + 1));
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
