package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mayfly.manifest.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Shapes without parts. */
final class Scalars {
    private Scalars() {}

    static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    static Problem wrongType(String key, JsonNode node, String expected) {
        String found =
                node.isMissingNode()
                        ? "nothing"
                        : node.getNodeType().name().toLowerCase(Locale.ROOT);
        return Shape.problem(key, found + " (expected: " + expected + ")", "correct the value");
    }

    /**
     * A text.
     *
     * @param pattern what it must match whole; empty for anything
     * @param longest most characters
     */
    record Text(String pattern, int longest) implements Shape {
        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("string").put("maxLength", longest);
            return pattern.isEmpty() ? schema : schema.put("pattern", "^(?:" + pattern + ")$");
        }

        @Override
        public void check(JsonNode node, String key, List<Problem> problems) {
            if (!node.isTextual()) {
                problems.add(wrongType(key, node, "a text"));
            } else {
                checkText(node.textValue(), key, problems);
            }
        }

        void checkText(String text, String key, List<Problem> problems) {
            if (text.length() > longest) {
                problems.add(
                        Shape.problem(
                                key,
                                text.length() + " characters (expected: at most " + longest + ")",
                                "shorten it"));
            } else if (!isStorable(text)) {
                problems.add(
                        Shape.problem(
                                key,
                                "a NUL character or half a character (expected: text)",
                                "remove it"));
            } else if (!pattern.isEmpty() && !Pattern.matches(pattern, text)) {
                problems.add(
                        Shape.problem(
                                key,
                                "a text of another form (expected: " + pattern + ")",
                                "correct the value"));
            }
        }

        /** A database takes neither NUL nor an unpaired surrogate. */
        private static boolean isStorable(String text) {
            return text.codePoints()
                    .noneMatch(point -> point == 0 || (point >= 0xd800 && point <= 0xdfff));
        }

        @Override
        public Object read(JsonNode node) {
            return node.textValue();
        }

        @Override
        public JsonNode write(Object value) {
            return TextNode.valueOf((String) value);
        }
    }

    /**
     * A whole number.
     *
     * @param least that is allowed
     * @param most likewise
     * @param small whether Java has it as {@code int}
     */
    record Whole(long least, long most, boolean small) implements Shape {
        @Override
        public ObjectNode schema() {
            ObjectNode schema = typed("integer").put("minimum", least);
            schema.put("format", small ? "int32" : "int64");
            return most == Long.MAX_VALUE ? schema : schema.put("maximum", most);
        }

        @Override
        public void check(JsonNode node, String key, List<Problem> problems) {
            if (!node.isIntegralNumber()) {
                problems.add(wrongType(key, node, "a whole number"));
            } else if (!node.canConvertToLong()
                    || node.longValue() < least
                    || node.longValue() > highest()) {
                problems.add(
                        Shape.problem(
                                key,
                                "a number out of range (expected: "
                                        + least
                                        + " to "
                                        + highest()
                                        + ")",
                                "correct the value"));
            }
        }

        private long highest() {
            return small ? Math.min(most, Integer.MAX_VALUE) : most;
        }

        @Override
        public Object read(JsonNode node) {
            return small ? (Object) node.intValue() : (Object) node.longValue();
        }

        @Override
        public JsonNode write(Object value) {
            return LongNode.valueOf(((Number) value).longValue());
        }
    }

    /** True or false. */
    record Truth() implements Shape {
        @Override
        public ObjectNode schema() {
            return typed("boolean");
        }

        @Override
        public void check(JsonNode node, String key, List<Problem> problems) {
            if (!node.isBoolean()) {
                problems.add(wrongType(key, node, "true or false"));
            }
        }

        @Override
        public Object read(JsonNode node) {
            return node.booleanValue();
        }

        @Override
        public JsonNode write(Object value) {
            return BooleanNode.valueOf((Boolean) value);
        }
    }

    /** A moment, as RFC 3339 writes it. */
    record Moment() implements Shape {
        @Override
        public ObjectNode schema() {
            return typed("string").put("format", "date-time");
        }

        @Override
        public void check(JsonNode node, String key, List<Problem> problems) {
            if (!node.isTextual() || Times.moment(node.textValue()).isEmpty()) {
                problems.add(wrongType(key, node, "a time such as 2026-01-31T12:00:00Z"));
            }
        }

        @Override
        public Object read(JsonNode node) {
            return Times.moment(node.textValue()).orElseThrow();
        }

        @Override
        public JsonNode write(Object value) {
            return TextNode.valueOf(((Instant) value).truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
