package dev.mayfly.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody has read the logs of all gateways, kept by whoever reads: so any of them can be
 * asked next. Gateways are known by where they are, which outlives a restart, as the numbers of
 * their lines do.
 *
 * @param begun when the reading began, for gateways that come later
 * @param read by the URL of the admin API the last line's number, and whether it was silent
 */
record LogCursor(Instant begun, Map<String, Read> read) {
    /**
     * The number from which on one is read that came, or could first be asked, after the beginning:
     * all its lines, but only those since then.
     */
    static final long LATE = 1;

    /** As {@link #text} writes it. */
    static final String FORM = "[A-Za-z0-9_-]{1,7000}";

    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ([01]) (\\S+)");

    LogCursor {
        read = Map.copyOf(read);
    }

    /** How far one gateway is read. */
    record Read(long number, boolean silent) {}

    static LogCursor begin() {
        return new LogCursor(Instant.now(), Map.of());
    }

    /** {@return what {@code text} says; empty for what nobody here wrote} */
    static Optional<LogCursor> of(String text) {
        List<String> lines;
        try {
            byte[] plain = Base64.getUrlDecoder().decode(text);
            lines = new String(plain, StandardCharsets.UTF_8).lines().toList();
        } catch (IllegalArgumentException _) { // no Base64: the caller says what was expected
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.getFirst().matches("\\d{1,15}")) {
            return Optional.empty();
        }
        Map<String, Read> read = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return Optional.empty();
            }
            read.put(
                    parts.group(3),
                    new Read(Long.parseLong(parts.group(1)), parts.group(2).equals("1")));
        }
        Instant begun = Instant.ofEpochMilli(Long.parseLong(lines.getFirst()));
        return Optional.of(new LogCursor(begun, read));
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(Long.toString(begun.toEpochMilli())));
        read.forEach((place, its) ->
                lines.add(its.number() + " " + (its.silent() ? 1 : 0) + " " + place));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** The number after which a gateway's lines are wanted; 0 for its newest. */
    long after(String place) {
        Read its = read.get(place);
        if (its != null) {
            return its.number();
        }
        return read.isEmpty() ? 0 : LATE;
    }
}
