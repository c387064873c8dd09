package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A text with <code>{{ name }}</code> in it.
 *
 * @param literals the texts between the variables: one more than names
 * @param names the variables, in order
 */
record Template(List<String> literals, List<String> names) {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    Template {
        literals = List.copyOf(literals);
        names = List.copyOf(names);
    }

    static boolean isIn(String text) {
        return text.contains(OPEN);
    }

    static Reading<Template> read(String text) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                return new Reading.Bad<>("a {{ without its }}", "close it, {{ name }}");
            }
            String name = text.substring(open + OPEN.length(), close).strip();
            if (!Names.isVariable(name)) {
                return new Reading.Bad<>(
                        Shown.of(name) + " between {{ and }} is no variable's name",
                        "write {{ name }} with " + Names.VARIABLE.expected());
            }
            literals.add(text.substring(from, open));
            names.add(name);
            from = close + CLOSE.length();
        }
        literals.add(text.substring(from));
        return new Reading.Good<>(new Template(literals, names));
    }

    /** {@return the variables of {@code text}; none when its braces are malformed} */
    static List<String> namesIn(String text) {
        return read(text) instanceof Reading.Good<Template>(Template template)
                ? template.names()
                : List.of();
    }

    /** Puts the values in; every name must have one. */
    String filled(Map<String, String> values) {
        StringBuilder text = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            text.append(values.get(names.get(i))).append(literals.get(i + 1));
        }
        return text.toString();
    }
}
