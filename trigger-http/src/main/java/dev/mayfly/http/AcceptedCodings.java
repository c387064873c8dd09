package dev.mayfly.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a request's {@code Accept-Encoding} allows. */
final class AcceptedCodings {
    private final Map<String, Boolean> byName = new HashMap<>();

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
        boolean wanted = true;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            wanted &= !(parameter.startsWith("q=") && isZero(parameter.substring(2)));
        }
        byName.put(parts[0].strip().toLowerCase(Locale.ROOT), wanted);
    }

    private static boolean isZero(String quality) {
        return quality.chars().allMatch(c -> c == '0' || c == '.');
    }

    boolean allow(String coding) {
        return byName.getOrDefault(coding, byName.getOrDefault("*", false));
    }
}
