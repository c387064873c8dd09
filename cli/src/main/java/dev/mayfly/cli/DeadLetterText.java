package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A dead letter as a person reads it. */
final class DeadLetterText {
    private DeadLetterText() {}

    static String of(JsonNode letter) {
        StringBuilder text = new StringBuilder();
        line(text, "dead letter", place(letter));
        line(text, "at", Shown.time(letter.path("at")));
        letter.path("evidence")
                .properties()
                .forEach(each -> {
                    if (!each.getKey().equals("stderr")) {
                        line(text, each.getKey(), each.getValue().asText());
                    }
                });
        line(text, "key", bytes(letter.path("key"), "none"));
        for (JsonNode header : letter.path("headers")) {
            line(text, "header " + header.path("name").asText(), bytes(header.path("value"), ""));
        }
        block(text, "standard error", letter.path("evidence").path("stderr").asText());
        block(text, "value", bytes(letter.path("value"), "none: a tombstone"));
        return text.toString();
    }

    static String place(JsonNode letter) {
        return letter.path("topic").asText()
                + "/"
                + letter.path("partition").asText()
                + "/"
                + letter.path("offset").asText();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(Shown.plain(name)).append(": ").append(Shown.plain(value)).append('\n');
    }

    private static void block(StringBuilder text, String name, String lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(name).append(":\n");
            lines.lines().forEach(line -> text.append(Shown.plain(line)).append('\n'));
        }
    }

    private static String bytes(JsonNode bytes, String none) {
        if (bytes.isMissingNode()) {
            return none;
        }
        return bytes.has("text")
                ? bytes.path("text").asText()
                : "base64 " + bytes.path("base64").asText();
    }
}
