package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.cli.Mismatch.Kind;
import dev.mayfly.cli.Mismatch.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * What JSON lacks of what is expected of it: an object may hold more, a list may not. Told path by
 * path.
 */
final class JsonDiff {
    private static final int SHOWN_PATHS = 30;
    private static final int SHOWN_CHARS = 120;

    private final List<Line> lines = new ArrayList<>();
    private int differences;

    private JsonDiff() {}

    /** {@return a few lines for each path that differs; none if all is there} */
    static List<Line> of(JsonNode expected, JsonNode came) {
        JsonDiff diff = new JsonDiff();
        diff.compare("$", expected, came);
        if (diff.differences > SHOWN_PATHS) {
            diff.lines.add(
                    new Line(
                            Kind.NOTE,
                            "… " + (diff.differences - SHOWN_PATHS) + " more paths differ"));
        }
        return diff.lines;
    }

    private void compare(String path, JsonNode expected, JsonNode came) {
        if (expected.isObject() && came.isObject()) {
            expected.properties()
                    .forEach(each -> {
                        String at = path + key(each.getKey());
                        if (came.has(each.getKey())) {
                            compare(at, each.getValue(), came.get(each.getKey()));
                        } else {
                            add(at, shown(each.getValue()), "nothing");
                        }
                    });
        } else if (expected.isArray() && came.isArray()) {
            compareLists(path, expected, came);
        } else if (!same(expected, came)) {
            add(path, shown(expected), shown(came));
        }
    }

    private void compareLists(String path, JsonNode expected, JsonNode came) {
        int most = Math.max(expected.size(), came.size());
        for (int i = 0; i < most; i++) {
            String at = path + "[" + i + "]";
            if (i >= came.size()) {
                add(at, shown(expected.get(i)), "nothing");
            } else if (i >= expected.size()) {
                add(at, "nothing", shown(came.get(i)));
            } else {
                compare(at, expected.get(i), came.get(i));
            }
        }
    }

    /** 1 and 1.0 are the same number. */
    private static boolean same(JsonNode expected, JsonNode came) {
        if (expected.isNumber() && came.isNumber()) {
            return expected.decimalValue().compareTo(came.decimalValue()) == 0;
        }
        return expected.equals(came);
    }

    private void add(String path, String expected, String came) {
        differences++;
        if (differences <= SHOWN_PATHS) {
            lines.add(new Line(Kind.NOTE, Visible.escaped(path)));
            lines.add(new Line(Kind.EXPECTED, expected));
            lines.add(new Line(Kind.CAME, came));
        }
    }

    private static String key(String name) {
        boolean bare = !name.isEmpty() && name.chars().allMatch(JsonDiff::isBare);
        return bare ? "." + name : "[" + Wire.tree(name) + "]";
    }

    private static boolean isBare(int c) {
        return c == '_' || c == '-' || (c < 0x80 && Character.isLetterOrDigit(c));
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return Visible.escaped(
                text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…");
    }
}
