package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;

/**
 * One answer, whole.
 *
 * @param status of the status line
 * @param fields by lower-case name
 * @param body chunks put together
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, Map<String, String> fields, byte[] body) {
    Answer {
        fields = Map.copyOf(fields);
    }

    String text() {
        return new String(body, ISO_8859_1);
    }

    boolean lastOfItsConnection() {
        return fields.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    /** The one refusal that an overloaded server may give: later, and how much later. */
    boolean saysTryLater() {
        return status == 503 && fields.containsKey("retry-after");
    }

    /** For a complaint: not the whole body. */
    String summary() {
        String text = text();
        return status + " " + fields + " " + text.substring(0, Math.min(200, text.length()));
    }
}
