package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
    private static final List<String> FILES =
            List.of("app.txt", "function.txt", "http.txt", "kafka.txt", "syntax.txt");

    static Stream<BrokenRule> rules() {
        return FILES.stream().flatMap(file -> BrokenRule.in(file).stream());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aBrokenRuleIsTheOnlyProblemAndIsReportedWhereItIsBroken(BrokenRule rule) {
        List<Problem> problems = Samples.problems(rule.document());
        assertThat(Samples.lines(problems)).hasSize(1);
        Problem problem = problems.getFirst();
        assertThat(new Place(problem.line(), problem.column())).isEqualTo(rule.place());
        assertThat(problem.key()).isEqualTo(rule.key());
        assertThat(problem.message()).startsWith(rule.says());
        assertThat(problem.mend()).isEqualTo(rule.mend());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theSchemaRefusesItUnlessItIsBeyondASchema(BrokenRule rule) {
        Document document = Document.read(rule.document());
        boolean shape =
                ManifestReader.shape(document).all().stream()
                        .anyMatch(found -> found.kind() != Findings.Kind.BEYOND_SCHEMA);
        if (document.errors().isEmpty()) {
            assertThat(!Schemas.refusals(document).isEmpty()).isEqualTo(shape);
        }
    }

    @Test
    void everyKeyOfTheTableHasARuleThatIsBrokenHere() {
        List<String> broken = rules().map(BrokenRule::key).toList();
        assertThat(KeyTable.keys())
                .allSatisfy(key ->
                        assertThat(broken)
                                .as("no broken rule at %s", key)
                                .anyMatch(path -> KeyTable.general(path).equals(key)));
    }

    @ParameterizedTest
    @MethodSource
    void routesThatCanBeToldApartDoNotClash(String first, String second) {
        String toml =
                BrokenRule.PREAMBLE
                        + "[[trigger.http]]\nfunction = \"hello\"\nroute = \"/a/:x\"\n"
                        + first
                        + "\n[[trigger.http]]\nfunction = \"hello\"\n"
                        + second;
        assertThat(Samples.lines(Samples.problems(toml))).isEmpty();
    }

    static Stream<Arguments> routesThatCanBeToldApartDoNotClash() {
        return Stream.of(
                Arguments.of("", "route = '/a/x'"),
                Arguments.of("", "route = '/a/:x/...'"),
                Arguments.of("", "route = '/a/%3Ax'"),
                Arguments.of("", "route = '/a/:x'\nhosts = ['a.test']"),
                Arguments.of("", "route = '/a/:x'\nmethods = ['OPTIONS']"),
                Arguments.of("methods = ['GET']", "route = '/a/:x'\nmethods = ['POST']"),
                Arguments.of("hosts = ['*.a.test']", "route = '/a/:x'\nhosts = ['b.a.test']"));
    }
}
