package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Values of the admin API as a person reads them. */
final class Shown {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}|[\\u2028\\u2029]");

    private Shown() {}

    /** {@return {@code text} on one line; escape sequences in it are none any more} */
    static String plain(String text) {
        return CONTROLS.matcher(text).replaceAll("?");
    }

    /** {@return a time of the server in this person's zone} */
    static String time(JsonNode at) {
        try {
            return TIME.format(Instant.parse(at.asText()).atZone(ZoneId.systemDefault()));
        } catch (DateTimeParseException _) { // shown as it is rather than not at all
            return at.asText();
        }
    }

    /** {@return {@code 3=90 4=10}} */
    static String traffic(JsonNode percents) {
        List<String> parts = new ArrayList<>();
        percents.properties()
                .forEach(each -> parts.add(each.getKey() + "=" + each.getValue().asText()));
        return parts.isEmpty() ? "-" : String.join(" ", parts);
    }

    static String time(Duration time) {
        return StatsReport.time(time);
    }
}
