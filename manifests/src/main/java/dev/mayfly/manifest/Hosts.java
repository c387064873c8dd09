package dev.mayfly.manifest;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of hosts: those a route answers to and those a function may call. */
final class Hosts {
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final String NAME = LABEL + "(?:\\." + LABEL + "){0,126}";
    private static final String V6 = "\\[[0-9A-Fa-f:.]{2,45}\\]";
    private static final String V4_NET = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}/[0-9]{1,2}";
    private static final String V6_NET = "[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}";
    private static final String CALLED =
            "[a-z*][a-z0-9+.-]*://(?:(?:\\*\\.)?" + NAME + "|" + V6 + ")(?::[0-9]{1,5})?";

    private static final Pattern PORT = Pattern.compile(".*:([0-9]{1,5})");
    private static final Pattern NET = Pattern.compile("([0-9A-Fa-f:.]+)/([0-9]+)");

    /** A host of a route; read in lower case and without a final dot, as hosts are compared. */
    static final Text<String> ROUTED =
            Text.any("a host", "a name without port, as in \"shop.example.com\" or \"*.shop.test\"")
                    .matching("(?:(?:\\*\\.)?" + NAME + "\\.?|" + V6 + ")")
                    .as(Hosts::routed);

    static final Text<String> OUTBOUND =
            Text.any(
                            "an outbound host",
                            "scheme://host[:port], *.suffix or a CIDR block, as in"
                                    + " \"https://api.example.com\"")
                    .matching(CALLED + "|\\*\\." + NAME + "|" + V4_NET + "|" + V6_NET)
                    .as(Hosts::outbound);

    private Hosts() {}

    private static Reading<String> routed(String text) {
        if (text.contains("://")) {
            String host = text.substring(text.indexOf("://") + 3);
            return new Reading.Bad<>("a host has no scheme", "write " + Shown.of(host));
        }
        String folded = text.toLowerCase(Locale.ROOT);
        if (folded.startsWith("[")) {
            return address(folded)
                    ? new Reading.Good<>(folded)
                    : new Reading.Bad<>("no IPv6 address", "write one such as \"[::1]\"");
        }
        String host = folded.endsWith(".") ? folded.substring(0, folded.length() - 1) : folded;
        return host.contains(":")
                ? new Reading.Bad<>(
                        "a host has no port",
                        "write " + Shown.of(host.substring(0, host.indexOf(':'))))
                : new Reading.Good<>(host);
    }

    private static Reading<String> outbound(String text) {
        Matcher net = NET.matcher(text);
        if (net.matches()) {
            return block(text, net.group(1), net.group(2));
        }
        if (!text.contains("://") && !text.startsWith("*.")) {
            return new Reading.Bad<>("it has no scheme", "write " + Shown.of("https://" + text));
        }
        return address(text) ? port(text) : new Reading.Bad<>("no IPv6 address", "mend it");
    }

    private static boolean address(String text) {
        int open = text.indexOf('[');
        int close = text.indexOf(']');
        return open < 0 || (close > open && Addresses.isV6(text.substring(open + 1, close)));
    }

    private static Reading<String> port(String text) {
        Matcher port = PORT.matcher(text);
        boolean good = !port.matches() || isPort(Integer.parseInt(port.group(1)));
        return good
                ? new Reading.Good<>(text)
                : new Reading.Bad<>("a port is 1 to 65535", "write a port in this range");
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    private static Reading<String> block(String text, String address, String bits) {
        int most = Addresses.isV4(address) ? 32 : Addresses.isV6(address) ? 128 : -1;
        boolean good = bits.length() <= 3 && Integer.parseInt(bits) <= most;
        return good
                ? new Reading.Good<>(text)
                : new Reading.Bad<>("no CIDR block", "write one such as \"10.0.0.0/8\"");
    }
}
