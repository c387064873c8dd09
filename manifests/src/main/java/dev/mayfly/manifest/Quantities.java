package dev.mayfly.manifest;

import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and sizes: whole numbers with a unit, never 0. The digits are limited so that the
 * largest still fits nanoseconds or bytes in a long.
 */
final class Quantities {
    static final Text<Duration> DURATION =
            Text.any("a duration", "1 to 6 digits and ms, s, m or h, as in \"5s\"")
                    .matching("[1-9][0-9]{0,5}(?:ms|s|m|h)")
                    .as(Quantities::duration);

    static final Text<Long> SIZE =
            Text.any("a size", "1 to 9 digits and B, KiB, MiB or GiB, as in \"64MiB\"")
                    .matching("[1-9][0-9]{0,8}(?:B|KiB|MiB|GiB)")
                    .as(Quantities::size);

    private static final Map<String, Long> MILLIS =
            units("ms", 1, "s", 1_000, "m", 60_000, "h", 3_600_000);
    private static final Map<String, Long> BYTES =
            units("B", 1, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    /** Other spellings people use, and the one that is meant. */
    private static final Map<String, String> SPELLINGS =
            Map.ofEntries(
                    Map.entry("sec", "s"),
                    Map.entry("secs", "s"),
                    Map.entry("second", "s"),
                    Map.entry("seconds", "s"),
                    Map.entry("min", "m"),
                    Map.entry("mins", "m"),
                    Map.entry("minute", "m"),
                    Map.entry("minutes", "m"),
                    Map.entry("hour", "h"),
                    Map.entry("hours", "h"),
                    Map.entry("msec", "ms"),
                    Map.entry("millis", "ms"),
                    Map.entry("bytes", "B"),
                    Map.entry("byte", "B"),
                    Map.entry("k", "KiB"),
                    Map.entry("kb", "KiB"),
                    Map.entry("mb", "MiB"),
                    Map.entry("gb", "GiB"),
                    Map.entry("g", "GiB"));

    private static final Pattern PARTS = Pattern.compile("0*([0-9]{1,9})\\s*([A-Za-z]*)");

    private Quantities() {}

    private static Reading<Duration> duration(String text) {
        Optional<BigInteger> millis = count(text, MILLIS);
        return millis.<Reading<Duration>>map(
                        count -> new Reading.Good<>(Duration.ofMillis(count.longValueExact())))
                .orElseGet(() -> bad(text, MILLIS, DURATION.expected(), "5s"));
    }

    private static Reading<Long> size(String text) {
        Optional<BigInteger> bytes = count(text, BYTES);
        return bytes.<Reading<Long>>map(count -> new Reading.Good<>(count.longValueExact()))
                .orElseGet(() -> bad(text, BYTES, SIZE.expected(), "64MiB"));
    }

    /** At least {@code least}; a size that fits the format but is too small or too large. */
    static Text<Long> sizeWithin(long least, long most, String why) {
        return SIZE.as(text ->
                size(text) instanceof Reading.Good<Long>(Long bytes)
                                && (bytes < least || bytes > most)
                        ? new Reading.Bad<>(
                                why, "write " + Shown.of(shown(bytes < least ? least : most)))
                        : size(text));
    }

    private static Optional<BigInteger> count(String text, Map<String, Long> units) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()
                || parts.group(1).startsWith("0")
                || !text.startsWith(parts.group(1))) {
            return Optional.empty();
        }
        String unit = text.substring(parts.group(1).length());
        return Optional.ofNullable(units.get(unit))
                .map(factor -> new BigInteger(parts.group(1)).multiply(BigInteger.valueOf(factor)))
                .filter(count -> count.bitLength() < Long.SIZE);
    }

    private static <T> Reading<T> bad(
            String text, Map<String, Long> units, String expected, String example) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return new Reading.Bad<>("expected: " + expected, "write " + Shown.of(example));
        }
        if (parts.group(1).equals("0")) {
            return new Reading.Bad<>(
                    "0 is not allowed; expected: " + expected,
                    "write a positive one or leave the key out");
        }
        String meant = meant(parts.group(2), units);
        return new Reading.Bad<>(
                "expected: " + expected, "write " + Shown.of(parts.group(1) + meant));
    }

    private static String meant(String unit, Map<String, Long> units) {
        String folded = unit.toLowerCase(Locale.ROOT);
        String spelled = SPELLINGS.getOrDefault(folded, unit);
        return units.keySet().stream()
                .filter(known -> known.equalsIgnoreCase(spelled))
                .findFirst()
                .orElse(units.containsKey("MiB") ? "MiB" : "s");
    }

    /** {@return bytes as app.toml writes them, in the largest unit that divides them} */
    static String shown(long bytes) {
        return shown(bytes, BYTES);
    }

    /** {@return a duration as app.toml writes it; whole milliseconds} */
    static String shown(Duration duration) {
        return shown(duration.toMillis(), MILLIS);
    }

    private static String shown(long count, Map<String, Long> units) {
        String shown = "";
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (count % unit.getValue() == 0) {
                shown = count / unit.getValue() + unit.getKey();
            }
        }
        return shown;
    }

    private static Map<String, Long> units(Object... pairs) {
        Map<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            units.put((String) pairs[i], ((Number) pairs[i + 1]).longValue());
        }
        return Ordered.copy(units);
    }
}
