package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** What functions answer, made visible: no character of it acts on a terminal, and none is lost. */
final class Visible {
    private static final int WIDTH = 160;

    private Visible() {}

    /** {@return the bytes as text, if they are UTF-8} */
    static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) { // which is what was asked
            return Optional.empty();
        }
    }

    /** {@return text whose chars are bytes as what it says: UTF-8 if it is that} */
    static String ofOctets(String octets) {
        return text(octets.getBytes(ISO_8859_1)).orElse(octets);
    }

    /** {@return {@code text} on one line, what cannot be seen escaped} */
    static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(line, point));
        return line.toString();
    }

    private static void append(StringBuilder line, int point) {
        switch (point) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isSeen(point)) {
                    line.appendCodePoint(point);
                } else {
                    line.append(String.format("\\u%04x", point));
                }
            }
        }
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** {@return {@code text} in quotes, escaped, the middle of a long one} */
    static String quoted(String text) {
        return "\"" + escaped(around(text, 0)) + "\"";
    }

    /** {@return what of a long {@code text} is around {@code at}} */
    static String around(String text, int at) {
        if (text.length() <= WIDTH) {
            return text;
        }
        int start = Math.clamp(at - WIDTH / 4, 0, text.length() - WIDTH);
        int end = start + WIDTH;
        start += start > 0 && Character.isLowSurrogate(text.charAt(start)) ? 1 : 0;
        end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        return (start > 0 ? "…" : "")
                + text.substring(start, end)
                + (end < text.length() ? "…" : "");
    }
}
