package dev.mayfly.cli;

import dev.mayfly.cli.Mismatch.Kind;
import dev.mayfly.cli.Mismatch.Line;
import dev.mayfly.manifest.TestCase.Wanted;
import java.util.ArrayList;
import java.util.List;

/** Short texts of one name, a header's mostly, and what is expected of them. */
final class Values {
    private Values() {}

    /** A path between slashes is one, too: what is as written is as wanted, pattern or not. */
    static boolean meets(Wanted wanted, String came) {
        return switch (wanted) {
            case Wanted.Exactly(String text) -> text.equals(came);
            case Wanted.Matching matching ->
                    came.equals("/" + matching.pattern().pattern() + "/")
                            || Patterns.matches(matching.pattern(), came);
        };
    }

    /** {@return whether all of them are as wanted, in order, and no more came} */
    static boolean meet(List<Wanted> wanted, List<String> came) {
        boolean met = wanted.size() == came.size();
        for (int i = 0; met && i < came.size(); i++) {
            met = meets(wanted.get(i), came.get(i));
        }
        return met;
    }

    static String shown(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Exactly(String text) -> Visible.quoted(text);
            case Wanted.Matching matching ->
                    "/" + Visible.escaped(matching.pattern().pattern()) + "/";
        };
    }

    static Mismatch mismatch(String subject, List<Wanted> wanted, List<String> came) {
        if (wanted.size() <= 1 && came.size() <= 1) {
            String expected = wanted.isEmpty() ? "none" : shown(wanted.getFirst());
            String got = came.isEmpty() ? "none" : Visible.quoted(came.getFirst());
            return new Mismatch(subject, got + " (expected: " + expected + ")");
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(wanted.size(), came.size()); i++) {
            boolean same =
                    i < wanted.size() && i < came.size() && meets(wanted.get(i), came.get(i));
            if (same) {
                lines.add(new Line(Kind.SAME, Visible.quoted(came.get(i))));
                continue;
            }
            if (i < wanted.size()) {
                lines.add(new Line(Kind.EXPECTED, shown(wanted.get(i))));
            }
            if (i < came.size()) {
                lines.add(new Line(Kind.CAME, Visible.quoted(came.get(i))));
            }
        }
        String summary = Count.of(came.size(), "value") + " (expected: " + wanted.size() + ")";
        return new Mismatch(subject, summary, lines);
    }
}
