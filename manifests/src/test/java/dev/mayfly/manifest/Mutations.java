package dev.mayfly.manifest;

import java.util.List;

/** Breaks texts at random: small slips of the pen, swapped lines, words where others belong. */
final class Mutations {
    private static final String CHARS = "[]{}=\"'#.,\n\r\t \\0159abzAZ:/-_$%*?\u0000\u007fé\u2028";

    private static final List<String> WORDS =
            List.of(
                    "[[trigger.http]]\n",
                    "[[trigger.kafka]]\n",
                    "[function.x]\n",
                    "[variables]\n",
                    "function = \"hello\"\n",
                    "route = \"/:a/:a\"\n",
                    "{{ name }}",
                    "{{",
                    "}}",
                    "${ARGS}",
                    "${",
                    "/...",
                    "..",
                    "%2",
                    "%ff",
                    "99999999999999999999",
                    "-1",
                    "0",
                    "true",
                    "nan",
                    "1979-05-27T07:32:00Z",
                    "\"64MiB\"",
                    "\"0s\"",
                    "'''",
                    "\"\"\"",
                    "\\u0000",
                    "\\ud800",
                    "😀",
                    "sha256:",
                    "10.0.0.0/99",
                    "https://[::1]:99999",
                    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                    "{a={a={a={a={a={a={a=");

    private final Dice dice;
    private final List<String> corpus;

    Mutations(Dice dice, List<String> corpus) {
        this.dice = dice;
        this.corpus = corpus;
    }

    String next() {
        String text = dice.of(corpus);
        int steps = dice.from(1, 4);
        for (int i = 0; i < steps; i++) {
            text = mutated(text);
        }
        return text;
    }

    String mutated(String text) {
        int from = dice.below(text.length() + 1);
        int to = Math.min(text.length(), from + dice.below(6));
        String head = text.substring(0, from);
        String tail = text.substring(to);
        return switch (dice.below(8)) {
            case 0 -> head + tail;
            case 1 -> head + dice.of(CHARS) + tail;
            case 2 -> head + dice.of(WORDS) + tail;
            case 3 -> head + text.substring(from, to) + text.substring(from, to) + tail;
            case 4 -> head + dice.text(CHARS, 1, 4) + text.substring(from);
            case 5 -> withoutLine(text);
            case 6 -> withLineOf(text, dice.of(corpus));
            default -> head;
        };
    }

    private String withoutLine(String text) {
        List<String> lines = text.lines().toList();
        int gone = dice.below(lines.size() + 1);
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            rest.append(i == gone ? "" : lines.get(i) + "\n");
        }
        return rest.toString();
    }

    private String withLineOf(String text, String other) {
        List<String> donated = other.lines().toList();
        List<String> lines = text.lines().toList();
        int at = dice.below(lines.size() + 1);
        String more = donated.isEmpty() ? "" : dice.of(donated) + "\n";
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            whole.append(i == at ? more : "").append(lines.get(i)).append('\n');
        }
        return whole.toString();
    }
}
