package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says of the bytes that came so far whether they are one answer, whole (RFC 9112, section 6). */
final class WholeAnswer {
    private static final String HEAD_END = "\r\n\r\n";

    private WholeAnswer() {}

    /**
     * {@return whether the first {@code length} of {@code bytes} hold an answer to its end}
     *
     * @throws IOException when it is not a 200, or does not say how long its body is
     */
    static boolean in(byte[] bytes, int length) throws IOException {
        String text = new String(bytes, 0, length, ISO_8859_1);
        int head = text.indexOf(HEAD_END);
        if (head < 0) {
            return false;
        }
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new IOException(
                    "answer: " + text.lines().findFirst().orElse("") + " (expected: 200)");
        }
        int body = head + HEAD_END.length();
        String fields = text.substring(0, head).toLowerCase(Locale.ROOT);
        String size = field(fields, "content-length");
        if (size != null) {
            return length >= body + Integer.parseInt(size);
        }
        if ("chunked".equals(field(fields, "transfer-encoding"))) {
            return endsInChunks(text, body);
        }
        throw new IOException("an answer of no stated length: " + fields);
    }

    private static @Nullable String field(String fields, String name) {
        int at = fields.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return null;
        }
        int end = fields.indexOf("\r\n", at + 2);
        return fields.substring(at + name.length() + 3, end < 0 ? fields.length() : end).strip();
    }

    /** Whether the chunks from {@code start} on come to the last one and its empty line. */
    private static boolean endsInChunks(String text, int start) {
        int at = start;
        for (int end = text.indexOf("\r\n", at); end >= 0; end = text.indexOf("\r\n", at)) {
            int size = Integer.parseInt(text.substring(at, end).strip(), 16);
            if (size == 0) {
                return text.startsWith("\r\n", end + 2);
            }
            at = end + 2 + size + 2;
        }
        return false;
    }
}
