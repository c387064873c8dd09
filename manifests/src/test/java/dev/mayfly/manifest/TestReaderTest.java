package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.TestCase.Body;
import dev.mayfly.manifest.TestCase.Input;
import dev.mayfly.manifest.TestCase.Output;
import dev.mayfly.manifest.TestCase.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestReaderTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 2_000);
    private static final long SEED =
            Long.getLong("mayfly.fuzz.seed", new SplittableRandom().nextLong());

    private static List<TestCase> cases() {
        return switch (Manifests.parseTests(Samples.resource("corpus/tests.toml"))) {
            case Parsed.Valid<TestFile>(TestFile file) -> file.cases();
            case Parsed.Invalid<TestFile>(List<Problem> problems) ->
                    throw new AssertionError(Samples.lines(problems));
        };
    }

    @Test
    void aRequestIsReadWithAllThatIsSaidOfIt() {
        TestCase test = cases().getFirst();

        assertThat(test.input())
                .isEqualTo(
                        new Input.Request(
                                "GET",
                                "/hello?name=x",
                                Ordered.of(
                                        "cookie",
                                        List.of("a=1"),
                                        "accept",
                                        List.of("text/html", "*/*")),
                                new Body.Text("text")));
        assertThat(test.variables()).containsEntry("greeting", "servus");
        TestCase.Answer answer = test.expected().answer();
        assertThat(answer.status()).contains(200);
        assertThat(answer.fields())
                .containsEntry("content-type", List.of(new Wanted.Exactly("application/json")))
                .containsEntry("x-none", List.of());
        assertThat(answer.fields().get("x-id"))
                .singleElement()
                .satisfies(value ->
                        assertThat(value)
                                .isInstanceOfSatisfying(
                                        Wanted.Matching.class,
                                        wanted ->
                                                assertThat(wanted.pattern().pattern())
                                                        .isEqualTo("[0-9a-f]{32}")));
        assertThat(answer.body()).isEqualTo(new Body.Text("exact text"));
        assertThat(test.expected().exitCode()).contains(0);
        assertThat(test.expected().hopes())
                .isEqualTo(new TestCase.Hopes(Optional.of(40), Optional.of(5)));
    }

    @Test
    void jsonIsReadAsTheTextThatItIs() {
        assertThat(cases().get(1).input())
                .extracting(input -> ((Input.Request) input).body())
                .isEqualTo(
                        new Body.Json(
                                "{\"id\":1,\"price\":1.5,\"tags\":[\"a\",true],\"more\":{\"empty\":{},\"none\":[]}}"));
        assertThat(cases().get(1).expected().answer().body())
                .isEqualTo(new Body.Json("{\"id\":1}"));
    }

    @Test
    void aRecordIsReadWithItsPlaceAndWhatIsMadeOfIt() {
        TestCase test = cases().get(3);

        assertThat(test.input())
                .isEqualTo(
                        new Input.Event(
                                "orders",
                                Optional.of("invoice"),
                                Optional.of("k"),
                                Ordered.of("trace", List.of("t"), "a b", List.of("1", "2")),
                                new TestCase.Spot(
                                        3,
                                        9,
                                        Optional.of(Instant.parse("2026-01-31T12:00:00Z")),
                                        2),
                                new Body.Json("{\"id\":1}")));
        assertThat(test.expected().output())
                .containsInstanceOf(Output.Something.class)
                .hasValueSatisfying(output ->
                        assertThat(((Output.Something) output).value())
                                .isEqualTo(new Body.Json("{\"total\":2}")));
        assertThat(cases().get(4).input())
                .satisfies(input ->
                        assertThat(((Input.Event) input).value()).isEqualTo(new Body.None()));
        assertThat(cases().get(4).expected().output()).contains(new Output.Nothing());
    }

    @Test
    void theLineOfEachCaseAndKeyIsKnown() {
        TestFile file =
                ((Parsed.Valid<TestFile>)
                                Manifests.parseTests(Samples.resource("corpus/tests.toml")))
                        .value();

        assertThat(file.place(0, "name")).isEqualTo(new Place(3, 1));
        assertThat(file.place(1, "json.price").line()).isEqualTo(20);
        assertThat(file.place(1, "expect.body_file").line()).isEqualTo(22);
    }

    static Stream<BrokenRule> broken() {
        return BrokenRule.in("tests.txt", "").stream();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatIsWrongIsToldWithItsPlaceItsKeyAndTheMend(BrokenRule rule) {
        Parsed<TestFile> parsed = Manifests.parseTests(rule.document());

        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        assertThat(((Parsed.Invalid<TestFile>) parsed).problems())
                .first()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo(rule.key());
                    assertThat(problem.message()).startsWith(rule.says());
                    assertThat(problem.mend()).isEqualTo(rule.mend());
                    if (rule.toml().contains(BrokenRule.MARK)) {
                        assertThat(new Place(problem.line(), problem.column()))
                                .isEqualTo(rule.place());
                    }
                });
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        String toml =
                """
                [[case]]
                name = "a"
                request = "nonsense"
                expect.status = "200"
                expect.bodi = "x"
                [[case]]
                request = "GET /"
                """;

        assertThat(((Parsed.Invalid<TestFile>) Manifests.parseTests(toml)).problems())
                .extracting(Problem::key)
                .containsExactly(
                        "case[0].request",
                        "case[0].expect.status",
                        "case[0].expect.bodi",
                        "case[1].name");
    }

    @Test
    void noTextMakesTheReaderThrow() {
        List<String> corpus =
                List.of(
                        Samples.resource("corpus/tests.toml"),
                        Samples.resource("corpus/tests.toml"),
                        Samples.resource("corpus/odd.toml"));
        Mutations mutations = new Mutations(new Dice(SEED), corpus);
        int valid = 0;
        for (int i = 0; i < RUNS; i++) {
            String toml = mutations.next();
            String run = "-Dmayfly.fuzz.seed=" + SEED + ", run " + i;
            switch (Manifests.parseTests(toml)) {
                case Parsed.Valid<TestFile>(TestFile file) -> {
                    valid++;
                    assertThat(file.cases()).as(run).isNotEmpty();
                }
                case Parsed.Invalid<TestFile>(List<Problem> problems) -> {
                    assertThat(problems).as(run).isNotEmpty().isSortedAccordingTo(Problem.BY_PLACE);
                    problems.forEach(problem ->
                            assertThat(problem.at("a.toml").chars())
                                    .as(run)
                                    .noneMatch(Character::isISOControl));
                }
            }
        }
        System.out.printf(
                "files of tests: %d runs, %d of them valid, -Dmayfly.fuzz.seed=%d%n",
                RUNS, valid, SEED);
        assertThat(valid).isPositive();
    }
}
