package dev.mayfly.manifest;

import dev.mayfly.manifest.TestCase.Body;
import dev.mayfly.manifest.TestCase.Input;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables {@code [[case]]} of a file of tests; what is expected is an {@link ExpectTable}. */
final class TestTable {
    private static final Text<String> CASE_NAME =
            Text.any("a case's name", "a few words on one line, as in \"greets by name\"")
                    .matching(
                            "[^\\u0000-\\u0020\\u007f-\\u009f]([^\\u0000-\\u001f\\u007f-\\u009f]{0,198}[^\\u0000-\\u0020\\u007f-\\u009f])?");

    private static final Text<FunctionSpec.MadeRequest> REQUEST_LINE =
            Text.any("a request", "METHOD /path, as in \"GET /\"")
                    .matching("(" + HttpWords.TOKEN + ") (/[!-\"$-~]*)")
                    .as(TestTable::requestLine);

    static final Key<String> NAME = Key.required("name", CASE_NAME, "Told when it fails.");
    static final Key<FunctionSpec.MadeRequest> REQUEST =
            Key.optional("request", REQUEST_LINE, "The request, METHOD /path.");

    static final Key<String> TOPIC = Key.required("topic", Names.TOPIC, "Where the record lies.");
    static final Key<String> TAKER =
            Key.optional(
                    "function",
                    Names.FUNCTION,
                    "Which function runs, if several take records of the topic.");
    static final Key<String> RECORD_KEY =
            Key.optional("key", Text.any("a key", "text"), "Its key; none when absent.");
    static final Key<Map<String, List<String>>> RECORD_HEADERS =
            Key.of(
                    "headers",
                    new Named<>(
                            ExpectTable.RECORD_HEADER,
                            new OneOrMore<>(Text.any("a value", "text"))),
                    Map.of(),
                    "Its headers.");
    static final Key<Integer> PARTITION =
            Key.of("partition", new Whole(0, Integer.MAX_VALUE), 0, "Its partition.");
    static final Key<Integer> OFFSET =
            Key.of("offset", new Whole(0, Integer.MAX_VALUE), 0, "Its offset.");
    static final Key<Instant> TIMESTAMP =
            Key.optional("timestamp", new Moment(), "When it was written; now when absent.");
    static final Key<Integer> ATTEMPT =
            Key.of("attempt", Whole.POSITIVE, 1, "Which attempt at it this is.");

    static final Key<Section> RECORD =
            Key.optional(
                    "record",
                    new Struct<>(
                            "a record",
                            "record = { topic = \"orders\" }",
                            List.of(
                                    TOPIC,
                                    TAKER,
                                    RECORD_KEY,
                                    RECORD_HEADERS,
                                    PARTITION,
                                    OFFSET,
                                    TIMESTAMP,
                                    ATTEMPT),
                            List.of(),
                            section -> section),
                    "The record of a Kafka topic that a function is run on.");

    static final Key<Map<String, List<String>>> HEADERS =
            Key.of(
                    "headers",
                    new Named<>(HttpWords.HEADER_NAME, new OneOrMore<>(HttpWords.HEADER_VALUE)),
                    Map.of(),
                    "The request's headers.");
    static final Key<String> BODY =
            Key.optional("body", Text.any("text", "text"), "The body, or the record's value.");
    static final Key<String> BODY_FILE =
            Key.optional("body_file", Paths.RELATIVE, "A file beside this one that is the body.");
    static final Key<String> JSON =
            Key.optional("json", new JsonValue(), "The body, to be written as JSON.");
    static final Key<Map<String, String>> VARIABLES =
            Key.of(
                    "variables",
                    new Named<>(
                            Names.VARIABLE,
                            Text.any("a variable's value", "text").refusing("\\u0000")),
                    Map.of(),
                    "Values of the app's variables for this case.");

    static final Struct<TestCase> CASE =
            new Struct<>(
                    "a case",
                    "[[case]] with request = \"GET /\"",
                    List.of(
                            NAME,
                            REQUEST,
                            RECORD,
                            HEADERS,
                            BODY,
                            BODY_FILE,
                            JSON,
                            VARIABLES,
                            ExpectTable.EXPECT),
                    List.of(
                            new Struct.Rule.ExactlyOne(List.of("request", "record")),
                            new Struct.Rule.AtMostOne(List.of("body", "body_file", "json"))),
                    TestTable::made);

    static final Key<List<TestCase>> CASES =
            Key.required("case", new Series<>(CASE, 1, false), "The cases, in order.");

    static final Struct<List<TestCase>> ROOT =
            new Struct<>(
                    "a file of tests",
                    "[[case]]",
                    List.of(CASES),
                    List.of(),
                    section -> section.get(CASES));

    private TestTable() {}

    private static Reading<FunctionSpec.MadeRequest> requestLine(String text) {
        return switch (RequestLine.REQUEST.read(text)) {
            case Reading.Bad<FunctionSpec.MadeRequest> bad -> bad;
            case Reading.Good<FunctionSpec.MadeRequest>(FunctionSpec.MadeRequest request)
                    when !request.body().isEmpty() ->
                    new Reading.Bad<>("something follows its path", "write it as body = \"…\"");
            case Reading.Good<FunctionSpec.MadeRequest> good -> good;
        };
    }

    private static TestCase made(Section section) {
        Body body = body(section, BODY, BODY_FILE, JSON);
        Input input =
                section.find(REQUEST)
                        .<Input>map(line ->
                                new Input.Request(
                                        line.method(), line.target(), section.get(HEADERS), body))
                        .orElseGet(() -> event(section.get(RECORD), body));
        return new TestCase(
                section.get(NAME), input, section.get(VARIABLES), section.get(ExpectTable.EXPECT));
    }

    private static Input event(Section record, Body value) {
        return new Input.Event(
                record.get(TOPIC),
                record.find(TAKER),
                record.find(RECORD_KEY),
                record.get(RECORD_HEADERS),
                new TestCase.Spot(
                        record.get(PARTITION),
                        record.get(OFFSET),
                        record.find(TIMESTAMP),
                        record.get(ATTEMPT)),
                value);
    }

    /** What is said of some bytes, by whichever key says it. */
    static Body body(Section section, Key<String> text, Key<String> file, Key<String> json) {
        Optional<Body> written = section.find(text).map(Body.Text::new);
        return written.or(() -> section.find(file).map(Body.File::new))
                .or(() -> section.find(json).map(Body.Json::new))
                .orElseGet(Body.None::new);
    }
}
