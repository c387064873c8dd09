package dev.mayfly.kafka;

import dev.mayfly.kafka.OutputRecord.Malformed;
import dev.mayfly.kafka.OutputRecord.Produced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Reads output that begins with a header block, docs/kafka.md: lines end in LF or CRLF, the first
 * empty one ends the block. Used once.
 */
final class OutputHead {
    /** Most bytes of a header block, the empty line included. */
    static final int MOST_HEAD = 64 << 10;

    private static final int MOST_QUOTED = 80;

    private final byte[] output;
    private final int length;
    private final List<Header> headers = new ArrayList<>();
    private int line;
    private byte @Nullable [] key;
    private @Nullable String flaw;

    OutputHead(byte[] output, int length) {
        this.output = output;
        this.length = length;
    }

    OutputRecord read(byte @Nullable [] inputKey) {
        int start = 0;
        int most = Math.min(length, MOST_HEAD);
        for (int i = 0; i < most; i++) {
            if (output[i] != '\n') {
                continue;
            }
            int end = i > start && output[i - 1] == '\r' ? i - 1 : i;
            if (end == start) {
                return produced(inputKey, i + 1);
            }
            line++;
            field(start, end);
            if (flaw != null) {
                return new Malformed(flaw);
            }
            start = i + 1;
        }
        return new Malformed(
                length > MOST_HEAD
                        ? "the header block is longer than " + MOST_HEAD + " bytes"
                        : "the output ends within the header block");
    }

    private Produced produced(byte @Nullable [] inputKey, int body) {
        byte[] value = Arrays.copyOfRange(output, body, length);
        return new Produced(key == null ? inputKey : key, value, List.copyOf(headers));
    }

    private void field(int start, int end) {
        int colon = colon(start, end);
        if (colon < 0) {
            return;
        }
        String name = new String(output, start, colon - start, StandardCharsets.US_ASCII);
        byte[] value = value(colon + 1, end);
        if (name.equalsIgnoreCase("kafka-key")) {
            key(value, start, end);
        } else if (name.equalsIgnoreCase("kafka-key-base64")) {
            decodedKey(value, start, end);
        } else {
            headers.add(new RecordHeader(name, value));
        }
    }

    /** {@return where the name ends; -1 with the flaw noted} */
    private int colon(int start, int end) {
        if (isBlank(output[start])) {
            return wrong("is folded", start, end);
        }
        int colon = start;
        while (colon < end && output[colon] != ':') {
            colon++;
        }
        if (colon == end) {
            return wrong("has no ':'", start, end);
        }
        for (int i = start; i < colon; i++) {
            if (!Octets.isToken(output[i])) {
                return wrong("has a name that is no token", start, end);
            }
        }
        if (colon == start) {
            return wrong("has a name that is no token", start, end);
        }
        for (int i = colon + 1; i < end; i++) {
            if (isControl(output[i]) && output[i] != '\t') {
                return wrong("has a control character", start, end);
            }
        }
        return colon;
    }

    private byte[] value(int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isBlank(output[from])) {
            from++;
        }
        while (to > from && isBlank(output[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(output, from, to);
    }

    private void decodedKey(byte[] value, int start, int end) {
        try {
            key(Base64.getDecoder().decode(value), start, end);
        } catch (IllegalArgumentException e) {
            int _ = wrong("has a key that is no Base64 (" + e.getMessage() + ")", start, end);
        }
    }

    private void key(byte[] value, int start, int end) {
        if (key != null) {
            int _ = wrong("has another key", start, end);
        }
        key = value;
    }

    private int wrong(String what, int start, int end) {
        flaw = "line " + line + " of the header block " + what + ": " + quoted(start, end);
        return -1;
    }

    private String quoted(int start, int end) {
        StringBuilder quoted = new StringBuilder();
        for (int i = start; i < Math.min(end, start + MOST_QUOTED); i++) {
            byte c = output[i];
            quoted.append(isControl(c) || c < 0 ? '?' : (char) c);
        }
        return end - start > MOST_QUOTED ? quoted + "…" : quoted.toString();
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isControl(byte c) {
        return (c >= 0 && c < 0x20) || c == 0x7f;
    }
}
