package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text of one format. The two patterns are what the schema knows: the whole text must match {@code
 * accepted}, and no part of it {@code refused}. {@code reader} then reads it and may refuse more.
 *
 * @param accepted a regular expression both Java and ECMA-262 read alike; empty for any text
 * @param refused likewise; empty for none
 * @param reader total: answers any text, also one the patterns refuse
 * @param hidden never shown in a message: it may be a secret
 */
record Text<T>(
        String noun,
        String expected,
        Pattern accepted,
        Pattern refused,
        Function<String, Reading<T>> reader,
        boolean hidden)
        implements Shape<T> {
    /** Long enough for any host, path or route; keeps the patterns far from deep recursion. */
    static final int MAX_LENGTH = 1024;

    private static final Pattern NONE = Pattern.compile("");

    /** Any text. */
    static Text<String> any(String noun, String expected) {
        return new Text<>(noun, expected, NONE, NONE, Reading.Good::new, false);
    }

    Text<T> matching(String regex) {
        return new Text<>(noun, expected, Pattern.compile(regex), refused, reader, hidden);
    }

    Text<T> refusing(String regex) {
        return new Text<>(noun, expected, accepted, Pattern.compile(regex), reader, hidden);
    }

    Text<T> secret() {
        return new Text<>(noun, expected, accepted, refused, reader, true);
    }

    <R> Text<R> as(Function<String, Reading<R>> newReader) {
        return new Text<>(noun, expected, accepted, refused, newReader, hidden);
    }

    @Override
    public @Nullable T read(Node node, KeyPath path, Findings findings) {
        if (!(node instanceof Node.Scalar(_, String text))) {
            return refuse(node, path, findings, "write text in double quotes");
        }
        return switch (read(text)) {
            case Reading.Good<T>(T value) -> value;
            case Reading.Bad<T>(String why, String mend) -> {
                String shown = hidden ? "this text" : Shown.of(text);
                Findings.Kind kind = fits(text) ? Findings.Kind.BEYOND_SCHEMA : Findings.Kind.SHAPE;
                String message = shown + " is not " + noun + " (" + why + ")";
                findings.add(kind, node.place(), path, message, mend);
                yield null;
            }
        };
    }

    /** Reads a text wherever it comes from. */
    Reading<T> read(String text) {
        if (fits(text)) {
            return reader.apply(text);
        }
        return reader.apply(text) instanceof Reading.Bad<T> bad
                ? bad
                : new Reading.Bad<>("expected: " + expected, "write " + expected);
    }

    private boolean fits(String text) {
        if (isAbsent(accepted) && isAbsent(refused)) {
            return true;
        }
        return text.codePointCount(0, text.length()) <= MAX_LENGTH
                && (isAbsent(accepted) || accepted.matcher(text).matches())
                && (isAbsent(refused) || !refused.matcher(text).find());
    }

    private static boolean isAbsent(Pattern pattern) {
        return pattern.pattern().isEmpty();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        if (!isAbsent(accepted) || !isAbsent(refused)) {
            schema.put("maxLength", MAX_LENGTH);
        }
        if (!isAbsent(accepted)) {
            schema.put("pattern", "^(?:" + accepted.pattern() + ")$");
        }
        if (!isAbsent(refused)) {
            schema.put("not", Map.of("pattern", refused.pattern()));
        }
        return schema;
    }
}
