package dev.mayfly.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as they need to be. */
final class Table {
    private static final String GAP = "  ";

    private final Surroundings surroundings;
    private final List<List<String>> rows = new ArrayList<>();

    Table(Surroundings surroundings, String... headings) {
        this.surroundings = surroundings;
        rows.add(List.of(headings));
    }

    Table row(Object... cells) {
        rows.add(IntStream.range(0, cells.length).mapToObj(i -> plain(cells[i])).toList());
        return this;
    }

    /** {@return the rows, headings first; {@code instead} when there are none} */
    String text(String instead) {
        if (rows.size() == 1) {
            return instead + "\n";
        }
        int[] widths =
                IntStream.range(0, rows.getFirst().size())
                        .map(i ->
                                rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                        .toArray();
        StringBuilder text = new StringBuilder(surroundings.bold(line(rows.getFirst(), widths)));
        rows.stream().skip(1).forEach(row -> text.append('\n').append(line(row, widths)));
        return text.append('\n').toString();
    }

    /** What comes from a server must not move the cursor or colour the terminal. */
    private static String plain(Object cell) {
        return Shown.plain(cell.toString());
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(i == 0 ? "" : GAP)
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()));
        }
        return line.toString().stripTrailing();
    }
}
