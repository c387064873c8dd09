package dev.mayfly.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a gateway in a process of its own says of itself: names and whole numbers, {@code heap=123
 * threads=45} on one line.
 */
record Vitals(Map<String, Long> values) {
    Vitals {
        values = Map.copyOf(values);
    }

    static Vitals parse(String line) {
        Map<String, Long> values = new TreeMap<>();
        for (String pair : line.isBlank() ? new String[0] : line.strip().split(" ")) {
            int equals = pair.indexOf('=');
            values.put(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
        }
        return new Vitals(values);
    }

    long get(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "value: " + name + " (expected one of " + values.keySet() + ")");
        }
        return value;
    }

    /** How much more than {@code before}. */
    long since(Vitals before, String name) {
        return get(name) - before.get(name);
    }

    String line() {
        StringBuilder line = new StringBuilder();
        new TreeMap<>(values)
                .forEach((name, value) ->
                        line.append(line.isEmpty() ? "" : " ")
                                .append(name)
                                .append('=')
                                .append(value));
        return line.toString();
    }
}
