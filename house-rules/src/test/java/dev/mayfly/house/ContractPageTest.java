package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/contract.md and docs/kafka.md to the tests: each of their statements has a test that
 * names it.
 */
final class ContractPageTest {
    private static final Pattern STATEMENT = Pattern.compile("<!-- contract: ([\\w.-]+) -->");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([\\w.-]+)\"\\)");
    private static final Pattern ENVIRONMENT_ROW = Pattern.compile("(?m)^\\| `[A-Z].*$");
    private static final Pattern NUMBERED_RULE = Pattern.compile("(?m)^\\d+\\. .*$");

    private final String requests = Repository.text("docs/contract.md");
    private final String records = Repository.text("docs/kafka.md");

    @Test
    void everyStatementHasATestOverARealSocketOrOfItsModule() {
        Set<String> untested = new TreeSet<>(statements());
        untested.removeAll(taggedTests());
        assertThat(untested).as("statements without a test that carries their tag").isEmpty();
    }

    @Test
    void everyTagOfATestIsAStatementOfAPage() {
        assertThat(statements()).containsAll(taggedTests());
    }

    @Test
    void everyRowAndEveryNumberedRuleIsAStatement() {
        assertThat(requests).containsPattern(ENVIRONMENT_ROW).containsPattern(NUMBERED_RULE);
        assertThat(records).containsPattern(ENVIRONMENT_ROW);
        assertThat(ENVIRONMENT_ROW.matcher(requests + records).results().map(row -> row.group()))
                .allSatisfy(row -> assertThat(row).containsPattern(STATEMENT));
        assertThat(NUMBERED_RULE.matcher(requests + records).results().map(rule -> rule.group()))
                .allSatisfy(rule -> assertThat(rule).containsPattern(STATEMENT));
    }

    private Set<String> statements() {
        return STATEMENT
                .matcher(requests + records)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> taggedTests() {
        return Repository.files(Repository.ROOT).stream()
                .map(path -> Repository.ROOT.relativize(path).toString())
                .filter(path -> path.contains("src/test/java/") && path.endsWith(".java"))
                .flatMap(path -> TAG.matcher(Repository.text(path)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
