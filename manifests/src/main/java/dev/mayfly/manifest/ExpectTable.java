package dev.mayfly.manifest;

import dev.mayfly.manifest.TestCase.Output;
import dev.mayfly.manifest.TestCase.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The table {@code expect} of a case. */
final class ExpectTable {
    private static final Text<Pattern> PATTERN =
            Text.any("a regular expression", "one such as \"id [0-9]+\"").as(ExpectTable::searched);

    private static final Text<Wanted> WANTED =
            Text.any("a value", "text, or a regular expression between slashes")
                    .as(ExpectTable::wanted);

    private static final Text<String> FIELD =
            Text.any("a header's name", "a token such as \"location\"").matching(HttpWords.TOKEN);

    static final Text<String> RECORD_HEADER =
            Text.any("a header's key", "text on one line")
                    .matching("[^\\u0000-\\u001f\\u007f]{1,249}");

    static final Key<Integer> STATUS =
            Key.optional("status", new Whole(200, 599), "The status; below 500 when absent.");
    static final Key<Map<String, List<Wanted>>> HEADERS = fields("headers", FIELD);
    static final Key<String> BODY =
            Key.optional("body", Text.any("text", "text"), "The whole body.");
    static final Key<String> BODY_FILE =
            Key.optional(
                    "body_file",
                    Paths.RELATIVE,
                    "A file that is the whole body; mayfly test --update writes it.");
    static final Key<Pattern> BODY_MATCHES =
            Key.optional("body_matches", PATTERN, "Found in the body.");
    static final Key<String> JSON =
            Key.optional("json", new JsonValue(), "What the JSON of the body holds at least.");
    static final Key<Integer> EXIT_CODE =
            Key.optional(
                    "exit_code",
                    new Whole(0, Integer.MAX_VALUE),
                    "The exit code of the function; of a record 0 when absent.");
    static final Key<List<Pattern>> LOG =
            Key.of(
                    "log",
                    Series.of(PATTERN),
                    List.of(),
                    "Regular expressions, each found in a line of standard error.");
    static final Key<Boolean> NO_OUTPUT =
            Key.optional("no_output", Flag.TRUE, "The function makes no record.");
    static final Key<Integer> MAX_DIRTY_PAGES =
            Key.optional(
                    "max_dirty_pages",
                    Whole.POSITIVE,
                    "Pages of 4 KiB that a run should write to at most; told, not failed.");
    static final Key<Integer> MAX_MS =
            Key.optional(
                    "max_ms",
                    Whole.POSITIVE,
                    "Milliseconds that it should take at most; told, not failed.");

    static final Key<Wanted> OUTPUT_KEY = Key.optional("key", WANTED, "Its key.");
    static final Key<String> OUTPUT_VALUE =
            Key.optional("value", Text.any("text", "text"), "Its whole value.");
    static final Key<String> OUTPUT_FILE =
            Key.optional(
                    "value_file",
                    Paths.RELATIVE,
                    "A file that is the whole value; mayfly test --update writes it.");
    static final Key<Pattern> OUTPUT_MATCHES =
            Key.optional("value_matches", PATTERN, "Found in its value.");
    static final Key<Map<String, List<Wanted>>> OUTPUT_HEADERS = fields("headers", RECORD_HEADER);

    static final Key<Output> OUTPUT =
            Key.optional(
                    "output",
                    new Struct<>(
                            "a record that comes out",
                            "output = { value = \"x\" }",
                            List.of(
                                    OUTPUT_KEY,
                                    OUTPUT_VALUE,
                                    OUTPUT_FILE,
                                    OUTPUT_MATCHES,
                                    JSON,
                                    OUTPUT_HEADERS),
                            List.of(
                                    new Struct.Rule.AtMostOne(
                                            List.of("value", "value_file", "json"))),
                            section ->
                                    new Output.Something(
                                            section.find(OUTPUT_KEY),
                                            TestTable.body(
                                                    section, OUTPUT_VALUE, OUTPUT_FILE, JSON),
                                            section.find(OUTPUT_MATCHES),
                                            section.get(OUTPUT_HEADERS))),
                    "The record that the function makes of it, for the output topic.");

    static final Key<TestCase.Expected> EXPECT =
            Key.of(
                    "expect",
                    new Struct<>(
                            "a table of what is expected",
                            "expect.status = 200",
                            List.of(
                                    STATUS,
                                    HEADERS,
                                    BODY,
                                    BODY_FILE,
                                    BODY_MATCHES,
                                    JSON,
                                    EXIT_CODE,
                                    LOG,
                                    OUTPUT,
                                    NO_OUTPUT,
                                    MAX_DIRTY_PAGES,
                                    MAX_MS),
                            List.of(
                                    new Struct.Rule.AtMostOne(List.of("body", "body_file", "json")),
                                    new Struct.Rule.AtMostOne(List.of("output", "no_output"))),
                            ExpectTable::expected),
                    Map.of(),
                    "What must come of it.");

    private ExpectTable() {}

    private static Key<Map<String, List<Wanted>>> fields(String name, Text<String> names) {
        return Key.of(
                name,
                new Named<>(names, new OneOrMore<>(WANTED)),
                Map.of(),
                "Values by name, all of a name in order; an empty list for one that must not come.");
    }

    private static Reading<Pattern> searched(String text) {
        return compiled(text, Function.identity());
    }

    private static Reading<Wanted> wanted(String text) {
        boolean slashes = text.length() > 1 && text.startsWith("/") && text.endsWith("/");
        return slashes
                ? compiled(text.substring(1, text.length() - 1), Wanted.Matching::new)
                : new Reading.Good<>(new Wanted.Exactly(text));
    }

    private static <T> Reading<T> compiled(String regex, Function<Pattern, T> make) {
        try {
            return new Reading.Good<>(make.apply(Pattern.compile(regex)));
        } catch (PatternSyntaxException e) {
            return new Reading.Bad<>(
                    e.getDescription() + " at " + Math.max(0, e.getIndex()),
                    "write \\\\ before a sign that is meant as it is");
        }
    }

    private static TestCase.Expected expected(Section section) {
        Optional<Output> none = section.find(NO_OUTPUT).map(_ -> new Output.Nothing());
        return new TestCase.Expected(
                new TestCase.Answer(
                        section.find(STATUS),
                        section.get(HEADERS),
                        TestTable.body(section, BODY, BODY_FILE, JSON),
                        section.find(BODY_MATCHES)),
                section.find(EXIT_CODE),
                section.get(LOG),
                none.or(() -> section.find(OUTPUT)),
                new TestCase.Hopes(section.find(MAX_DIRTY_PAGES), section.find(MAX_MS)));
    }
}
