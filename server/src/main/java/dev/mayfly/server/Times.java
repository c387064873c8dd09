package dev.mayfly.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as callers write them. */
final class Times {
    /** A number and its unit. */
    static final String DURATION = "\\d{1,9}(ms|s|m|h|d)";

    private static final Pattern PARTS = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Times() {}

    static Optional<Instant> moment(String text) {
        try {
            return text.length() > 40
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Duration> duration(String text) {
        Matcher parts = PARTS.matcher(text);
        return parts.matches()
                ? Optional.of(of(Long.parseLong(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** {@return as {@link #duration} reads it, in the largest unit that tells it whole} */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
