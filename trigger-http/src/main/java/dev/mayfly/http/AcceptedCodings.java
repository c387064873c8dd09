package dev.mayfly.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a request's {@code Accept-Encoding} allows, and how gladly (RFC 9110, section 12.5.3). */
final class AcceptedCodings {
    private static final int GLADLY = 1000;

    /** By coding, in thousandths; 0 for what must not be sent. */
    private final Map<String, Integer> byName = new HashMap<>();

    static AcceptedCodings of(HeaderFields fields) {
        AcceptedCodings accepted = new AcceptedCodings();
        fields.forEach((name, value) -> {
            if (Octets.sameIgnoringCase(name, "accept-encoding")) {
                for (String item : value.toString().split(",", -1)) {
                    accepted.add(item);
                }
            }
        });
        return accepted;
    }

    private void add(String item) {
        String[] parts = item.split(";", -1);
        int quality = GLADLY;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                quality = Math.min(quality, thousandths(parameter.substring(2)));
            }
        }
        byName.put(parts[0].strip().toLowerCase(Locale.ROOT), quality);
    }

    /** {@code 0.35} is 350; what is no quality value is taken for a wish not to have it. */
    private static int thousandths(String quality) {
        int value = 0;
        int place = GLADLY;
        for (int i = 0; i < quality.length(); i++) {
            char c = quality.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (i == 1 ? c != '.' : !digit || place == 0) {
                return 0;
            }
            if (digit) {
                value += (c - '0') * place;
                place /= 10;
            }
        }
        return value <= GLADLY ? value : 0;
    }

    boolean allow(String coding) {
        return quality(coding) > 0;
    }

    /** {@return whether {@code coding} may be sent and nothing else would be more welcome} */
    boolean prefer(String coding, String... others) {
        int quality = quality(coding);
        for (String other : others) {
            if (quality(other) > quality) {
                return false;
            }
        }
        return quality > 0 && quality >= byName.getOrDefault("identity", 0);
    }

    private int quality(String coding) {
        return byName.getOrDefault(coding, byName.getOrDefault("*", 0));
    }
}
