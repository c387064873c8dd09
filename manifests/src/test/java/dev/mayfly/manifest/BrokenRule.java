package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * A document that breaks one rule, and the one problem it must have; a paragraph of a file in
 * {@code rules/}:
 *
 * <pre>
 * | limits = { @@memory = "64MB" }
 * key  function.hello.limits.memory
 * says "64MB" is not a size
 * mend write "64MiB"
 * </pre>
 *
 * The document is the lines with a bar, after {@link #PREAMBLE} unless they name an app themselves.
 *
 * @param toml the document, with {@link #MARK} where the problem is
 * @param key the problem's key
 * @param says how its message begins
 * @param mend its mend, whole
 */
record BrokenRule(String toml, String key, String says, String mend) {
    static final String MARK = "@@";

    /** An app whose last table is a function. */
    static final String PREAMBLE =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [variables]
            name = { default = "x" }
            [function.hello]
            source = "hello.wasm"
            """;

    static List<BrokenRule> in(String file) {
        return in(file, PREAMBLE);
    }

    /** Of documents that begin otherwise. */
    static List<BrokenRule> in(String file, String preamble) {
        List<BrokenRule> rules = new ArrayList<>();
        for (String paragraph : Samples.resource("rules/" + file).split("\n\n", -1)) {
            if (!paragraph.startsWith("#")) {
                rules.add(read(paragraph, preamble));
            }
        }
        return rules;
    }

    private static BrokenRule read(String paragraph, String preamble) {
        String toml = lines(paragraph, "| ");
        boolean whole = toml.contains("[app]") || toml.contains("manifest_version");
        return new BrokenRule(
                whole ? toml : preamble + toml,
                lines(paragraph, "key  ").strip(),
                lines(paragraph, "says ").stripTrailing(),
                lines(paragraph, "mend ").stripTrailing());
    }

    private static String lines(String paragraph, String prefix) {
        StringBuilder text = new StringBuilder();
        paragraph
                .lines()
                .filter(line -> line.startsWith(prefix))
                .forEach(line -> text.append(line.substring(prefix.length())).append('\n'));
        return text.toString();
    }

    /** {@return the document without the mark} */
    String document() {
        return toml.replace(MARK, "");
    }

    /** {@return the place of the mark} */
    Place place() {
        String before = toml.substring(0, toml.indexOf(MARK));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(line, before.length() - before.lastIndexOf('\n'));
    }

    @Override
    public String toString() {
        return toml.lines().filter(line -> line.contains(MARK)).findFirst().orElse(toml);
    }
}
