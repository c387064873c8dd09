package dev.mayfly.gateway;

import dev.mayfly.guests.EchoReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * An answer as it came over the socket, taken apart.
 *
 * @param status the status
 * @param fields {@code name: value}, names in lower case
 * @param body without chunk framing
 * @param complete whether the framing says that the body is whole
 */
record Answer(int status, List<String> fields, String body, boolean complete) {
    static Answer of(String bytes) {
        int end = bytes.indexOf("\r\n\r\n");
        if (end < 0 || !bytes.startsWith("HTTP/1.")) {
            throw new IllegalArgumentException("answer: \"" + bytes + "\"");
        }
        List<String> lines = List.of(bytes.substring(0, end).split("\r\n", -1));
        List<String> fields = lines.stream().skip(1).map(Answer::lowerName).toList();
        String rest = bytes.substring(end + 4);
        int status = Integer.parseInt(lines.getFirst().substring(9, 12));
        if (!fields.contains("transfer-encoding: chunked")) {
            return new Answer(status, fields, rest, true);
        }
        StringBuilder body = new StringBuilder();
        boolean complete = dechunk(rest, body);
        return new Answer(status, fields, body.toString(), complete);
    }

    private static String lowerName(String field) {
        int colon = field.indexOf(':');
        return field.substring(0, colon).toLowerCase(Locale.ROOT) + field.substring(colon);
    }

    private static boolean dechunk(String chunks, StringBuilder body) {
        int at = 0;
        while (at < chunks.length()) {
            int line = chunks.indexOf("\r\n", at);
            int size = line < 0 ? -1 : Integer.parseInt(chunks.substring(at, line), 16);
            if (size <= 0) {
                return size == 0;
            }
            body.append(chunks, line + 2, Math.min(chunks.length(), line + 2 + size));
            at = line + 4 + size;
        }
        return false;
    }

    /** {@return the values of a field, in order} */
    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.startsWith(name + ": "))
                .map(field -> field.substring(name.length() + 2))
                .toList();
    }

    /** {@return what an echo guest says it was given} */
    EchoReport report() {
        return EchoReport.of(body.getBytes(StandardCharsets.ISO_8859_1));
    }
}
