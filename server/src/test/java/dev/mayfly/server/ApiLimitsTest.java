package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a caller may send, and what is said of more. */
class ApiLimitsTest {
    /** A record of the test. */
    record Sample(
            String text,
            List<Integer> numbers,
            Optional<Map<String, String>> table,
            @Said(pattern = "[a-z]+", longest = 5) Optional<String> word) {}

    private static JsonBodies.Outcome read(String json, Class<? extends Record> type) {
        return JsonBodies.read(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Shapes.of(type));
    }

    private static List<Problem> problems(String json) {
        return problems(json, Sample.class);
    }

    private static List<Problem> problems(String json, Class<? extends Record> type) {
        return switch (read(json, type)) {
            case JsonBodies.Outcome.Read read -> List.of();
            case JsonBodies.Outcome.Flawed(List<Problem> problems) -> problems;
        };
    }

    private static String sample(String text, String numbers) {
        return "{\"text\":\"" + text + "\",\"numbers\":" + numbers + "}";
    }

    @Test
    void whatHasTheShapeIsReadAndWrittenTheSame() {
        String json = "{\"text\":\"é\",\"numbers\":[1,2],\"table\":{\"k\":\"v\"}}";
        assertThat(read(json, Sample.class))
                .isInstanceOfSatisfying(
                        JsonBodies.Outcome.Read.class,
                        read -> {
                            assertThat(read.value())
                                    .isEqualTo(
                                            new Sample(
                                                    "é",
                                                    List.of(1, 2),
                                                    Optional.of(Map.of("k", "v")),
                                                    Optional.empty()));
                            assertThat(Shapes.of(Sample.class).write(read.value()))
                                    .hasToString(json);
                        });
    }

    @Test
    void aKeyThatIsUnknownOrThereTwiceIsRefused() {
        assertThat(problems("{\"text\":\"\",\"numbers\":[],\"txet\":1}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("txet");
                    assertThat(problem.message()).contains("unknown", "text, numbers");
                    assertThat(problem.mend()).isEqualTo("did you mean text?");
                });
        assertThat(problems("{\"text\":\"\",\n \"text\":\"\",\"numbers\":[]}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.message()).contains("there before");
                });
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(problems("{\"numbers\":[1,\"2\",null,3.5,99999999999],\"word\":\"A\"}"))
                .extracting(Problem::key)
                .containsExactly(
                        "text", "numbers[1]", "numbers[2]", "numbers[3]", "numbers[4]", "word");
    }

    @Test
    void whatIsNoJsonIsRefusedWithItsPlaceAndWithoutItsText() {
        for (String broken : List.of("", "[]", "secret", "{\"text\":secret", "{} {}", "\u0000")) {
            assertThat(problems(broken)).as(broken).isNotEmpty();
            assertThat(problems(broken).toString()).doesNotContain("secret", "jackson", "Source");
        }
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16);
        assertThat(JsonBodies.read(new ByteArrayInputStream(utf16), Shapes.of(Sample.class)))
                .isInstanceOf(JsonBodies.Outcome.Flawed.class);
    }

    @Test
    void whatStandsWhereANameOrAWordBelongsIsNotRepeated() {
        String key = "{\"text\":\"\",\"numbers\":[],\"hunter2\":1}";
        assertThat(problems(key).toString()).contains("key 3 is unknown").doesNotContain("hunter");
        String word = "{\"text\":\"\",\"numbers\":[],\"word\":\"H2\"}";
        assertThat(problems(word).toString()).contains("word", "[a-z]+").doesNotContain("H2");
        String name = "{\"set\":{\"good\":\"\",\"hunter 2\":\"\"}}";
        assertThat(problems(name, Wish.Values.class))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("set");
                    assertThat(problem.message()).contains("entry 2").doesNotContain("hunter");
                });
        assertThat(Query.read("limit=1&hunter2=", known()).toString())
                .contains("parameter 2 is unknown")
                .doesNotContain("hunter");
    }

    @Test
    void whereAValueIsIsToldOnOneLineAndNotTooLong() {
        assertThat(Sent.within("a", "b\n\u001bc")).isEqualTo("a.b??c");
        assertThat(Sent.within("", "x".repeat(1000))).hasSize(81);
    }

    @Test
    void textThatADatabaseCannotTakeIsRefused() {
        assertThat(problems(sample("a\\u0000b", "[]"))).hasSize(1);
        assertThat(problems(sample("a\\ud800b", "[]"))).hasSize(1);
        assertThat(problems(sample("\\ud83d\\ude00", "[]"))).isEmpty();
    }

    @Test
    @Tag("limit:ApiLimits.MOST_DEPTH")
    void aDocumentIsSixteenDeepAtMost() {
        String deep = "[".repeat(17) + "]".repeat(17);
        assertThat(problems(deep).toString()).contains("too deep");
        assertThat(problems(sample("", "[".repeat(15) + "]".repeat(15))).toString())
                .doesNotContain("too deep");
    }

    @Test
    @Tag("limit:ApiLimits.MOST_ITEMS")
    void aListHasTenThousandItemsAtMost() {
        assertThat(problems(sample("", numbers(10_000)))).isEmpty();
        assertThat(problems(sample("", numbers(10_001))).toString()).contains("at most 10000");
    }

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    @Tag("limit:ApiLimits.LONGEST_TEXT")
    void aTextIsAMebiOfCharactersAtMost() {
        assertThat(problems(sample("x".repeat(1_048_576), "[]"))).isEmpty();
        assertThat(problems(sample("x".repeat(1_048_577), "[]")).toString()).contains("too long");
    }

    @Test
    @Tag("limit:ApiLimits.LONGEST_MESSAGE")
    void aDeploysMessageHas4096CharactersAtMost() {
        assertThat(problems(deploy(4096), Wish.NewDeploy.class)).isEmpty();
        assertThat(problems(deploy(4097), Wish.NewDeploy.class))
                .extracting(Problem::key)
                .containsExactly("message");
    }

    private static String deploy(int length) {
        return "{\"manifest\":\"\",\"artifacts\":{},\"message\":\"" + "m".repeat(length) + "\"}";
    }

    @Test
    @Tag("limit:ApiLimits.LONGEST_NAME")
    void aTokensNameHas256CharactersAtMost() {
        assertThat(problems(token(256), Wish.NewToken.class)).isEmpty();
        assertThat(problems(token(257), Wish.NewToken.class))
                .extracting(Problem::key)
                .containsExactly("name");
    }

    private static String token(int length) {
        return "{\"name\":\""
                + "n".repeat(length)
                + "\",\"scopes\":[\"read\"],\"lifetime\":\"1d\"}";
    }

    private static Query query(String text) {
        return switch (Query.read(text, known())) {
            case Query.Outcome.Read(Query read) -> read;
            case Query.Outcome.Flawed(List<Problem> problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    @Test
    @Tag("limit:ApiLimits.MOST_LINES")
    @Tag("limit:ApiLimits.MOST_CHANGES")
    @Tag("limit:ApiLimits.MOST_DEAD_LETTERS")
    void moreThanTheMostIsTheMost() {
        assertThat(query("limit=20000").count("limit", 1000, ApiLimits.MOST_LINES))
                .isEqualTo(10_000);
        assertThat(query("limit=20000").count("limit", 100, ApiLimits.MOST_CHANGES))
                .isEqualTo(1000);
        assertThat(query("limit=20000").count("limit", 20, ApiLimits.MOST_DEAD_LETTERS))
                .isEqualTo(1000);
        assertThat(query("limit=0").count("limit", 100, ApiLimits.MOST_CHANGES)).isEqualTo(1);
        assertThat(query("").count("limit", 100, ApiLimits.MOST_CHANGES)).isEqualTo(100);
    }

    @Test
    @Tag("limit:ApiLimits.LONGEST_WAIT")
    void nobodyWaitsForMoreThanAMinute() {
        assertThat(Changes.patience(Optional.of("2h"))).isEqualTo(Duration.ofMinutes(1));
        assertThat(Changes.patience(Optional.of("20s"))).isEqualTo(Duration.ofSeconds(20));
        assertThat(Changes.patience(Optional.empty())).isZero();
    }

    @Test
    @Tag("limit:ApiLimits.MOST_ACTIVATIONS")
    void noMoreActivationsAreToldThanMayBe() {
        assertThat(query("limit=5000").count("limit", 100, ApiLimits.MOST_ACTIVATIONS))
                .isEqualTo(1000);
    }

    @Test
    @Tag("limit:ApiLimits.MOST_FUNCTIONS")
    void noMoreFunctionsAreToldThanMayBe() {
        assertThat(query("limit=5000").count("limit", 100, ApiLimits.MOST_FUNCTIONS))
                .isEqualTo(1000);
    }

    @Test
    void aQueryIsReadAsABrowserWritesIt() {
        assertThat(query("function=a%2Fb+c&&limit=2").text("function")).contains("a/b c");
        assertThat(query("since=10m").since("since")).isPresent();
        assertThat(query("since=2026-01-31T12:00:00%2B01:00").since("since")).isPresent();
    }

    @Test
    void aParameterThatIsUnknownOrTwiceOrBrokenIsRefused() {
        for (String text :
                List.of("a=1", "limit=1&limit=2", "limit=-1", "function=%zz", "since=x")) {
            assertThat(Query.read(text, known())).as(text).isInstanceOf(Query.Outcome.Flawed.class);
        }
    }

    private static List<Parameter> known() {
        return List.of(
                new Parameter("limit", Parameter.Form.NUMBER, ""),
                new Parameter("since", Parameter.Form.SINCE, ""),
                new Parameter("function", Parameter.Form.TEXT, ""));
    }

    @Test
    void durationsAreToldAsTheyAreRead() {
        List<String> told = new ArrayList<>();
        for (String text : List.of("10m", "90s", "1500ms", "2h", "0s", "1d")) {
            told.add(Times.text(Times.duration(text).orElseThrow()));
        }
        assertThat(told).containsExactly("10m", "90s", "1500ms", "2h", "0s", "24h");
    }
}
