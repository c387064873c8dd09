package dev.mayfly.manifest;

import java.util.regex.Pattern;

/** Literal IP addresses, told apart without ever asking a name server. */
final class Addresses {
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

    private Addresses() {}

    static boolean isV4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    /**
     * Eight groups of 16 bits, one run of zeros written as {@code ::}, the last two maybe as v4.
     */
    static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : groups(before, false);
        int right = after.isEmpty() ? 0 : groups(after, true);
        return left >= 0 && right >= 0 && left + right <= 7;
    }

    /** How many groups; -1 when one is malformed. */
    private static int groups(String text, boolean mayEndInV4) {
        String[] parts = text.split(":", -1);
        int groups = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean v4 = mayEndInV4 && i == parts.length - 1 && isV4(parts[i]);
            if (!v4 && !GROUP.matcher(parts[i]).matches()) {
                return -1;
            }
            groups += v4 ? 2 : 1;
        }
        return groups;
    }
}
