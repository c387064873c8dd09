package dev.mayfly.cli;

import dev.mayfly.cli.Mismatch.Kind;
import dev.mayfly.cli.Mismatch.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * Two texts, line by line: what both have, with a few lines of it around each difference. Texts
 * whose differing parts are too long to be compared are shown one after the other.
 */
final class TextDiff {
    private static final int CONTEXT = 3;
    private static final int SHOWN_LINES = 60;

    /** Cells of the table that finds what two texts have in common: 16 MB of ints. */
    private static final long TABLE_CELLS = 4_000_000;

    private static final String NO_NEWLINE = "(no newline at the end)";

    private final List<String> expected;
    private final List<String> came;
    private final List<Line> lines = new ArrayList<>();

    private TextDiff(String expected, String came) {
        this.expected = split(expected);
        this.came = split(came);
    }

    /** {@return the difference of two texts that differ} */
    static List<Line> of(String expected, String came) {
        TextDiff diff = new TextDiff(expected, came);
        diff.compare();
        return diff.shown();
    }

    /** A last line without its newline is another one than the same with it. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        } else {
            lines.set(lines.size() - 1, lines.getLast() + '\n' + NO_NEWLINE);
        }
        return lines;
    }

    private void compare() {
        int most = Math.min(expected.size(), came.size());
        int head = 0;
        while (head < most && expected.get(head).equals(came.get(head))) {
            add(Kind.SAME, expected.get(head++));
        }
        int tail = 0;
        while (tail < most - head && fromEnd(expected, tail).equals(fromEnd(came, tail))) {
            tail++;
        }
        middle(
                expected.subList(head, expected.size() - tail),
                came.subList(head, came.size() - tail));
        expected.subList(expected.size() - tail, expected.size())
                .forEach(line -> add(Kind.SAME, line));
    }

    private static String fromEnd(List<String> lines, int index) {
        return lines.get(lines.size() - 1 - index);
    }

    private void middle(List<String> before, List<String> after) {
        if ((before.size() + 1L) * (after.size() + 1L) > TABLE_CELLS) {
            replaced(before, after);
            return;
        }
        int[][] common = common(before, after);
        int i = 0;
        int j = 0;
        List<String> gone = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                flush(gone, fresh);
                add(Kind.SAME, before.get(i++));
                j++;
            } else if (j == after.size()
                    || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                gone.add(before.get(i++));
            } else {
                fresh.add(after.get(j++));
            }
        }
        flush(gone, fresh);
    }

    /** How many lines what follows two places has in common. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] =
                        before.get(i).equals(after.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private void flush(List<String> gone, List<String> fresh) {
        replaced(gone, fresh);
        gone.clear();
        fresh.clear();
    }

    /** Of long lines in the same place, what is shown is where they begin to differ. */
    private void replaced(List<String> gone, List<String> fresh) {
        for (int i = 0; i < gone.size(); i++) {
            add(
                    Kind.EXPECTED,
                    gone.get(i),
                    i < fresh.size() ? apart(gone.get(i), fresh.get(i)) : 0);
        }
        for (int i = 0; i < fresh.size(); i++) {
            add(Kind.CAME, fresh.get(i), i < gone.size() ? apart(gone.get(i), fresh.get(i)) : 0);
        }
    }

    private static int apart(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    private void add(Kind kind, String line) {
        add(kind, line, 0);
    }

    private void add(Kind kind, String line, int at) {
        int mark = line.indexOf('\n');
        String text = mark < 0 ? line : line.substring(0, mark);
        lines.add(new Line(kind, Visible.escaped(Visible.around(text, at))));
        if (mark >= 0) {
            lines.add(new Line(kind, NO_NEWLINE));
        }
    }

    /** Differences, and what both have near one. */
    private List<Line> shown() {
        List<Line> shown = new ArrayList<>();
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (!isNear(i)) {
                skipped++;
            } else if (shown.size() >= SHOWN_LINES) {
                shown.add(note(lines.size() - i, "more "));
                return shown;
            } else {
                if (skipped > 0) {
                    shown.add(note(skipped, "equal "));
                    skipped = 0;
                }
                shown.add(lines.get(i));
            }
        }
        if (skipped > 0) {
            shown.add(note(skipped, "equal "));
        }
        return shown;
    }

    private static Line note(int number, String which) {
        return new Line(Kind.NOTE, "… " + number + " " + which + (number == 1 ? "line" : "lines"));
    }

    private boolean isNear(int index) {
        int from = Math.max(0, index - CONTEXT);
        int to = Math.min(lines.size() - 1, index + CONTEXT);
        for (int i = from; i <= to; i++) {
            if (lines.get(i).kind() != Kind.SAME) {
                return true;
            }
        }
        return false;
    }
}
