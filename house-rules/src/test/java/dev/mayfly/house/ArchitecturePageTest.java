package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds ARCHITECTURE.md to the code. */
final class ArchitecturePageTest {
    private static final Pattern TYPE_IN_CODE =
            Pattern.compile("`([A-Z][a-z][A-Za-z0-9]+)(?:\\.[a-z]\\w*(?:\\(\\))?)?`");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    @Test
    void everyClassOnTheRequestsWayExists() {
        Set<String> named = typesNamedIn(section("A request's way"));
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(typesOfTheCode()).containsAll(named);
    }

    @Test
    void everyClassNamedAnywhereOnThePageExists() {
        assertThat(typesOfTheCode()).containsAll(typesNamedIn(Repository.text("ARCHITECTURE.md")));
    }

    @Test
    void everyModuleIsOnThePage() {
        List<String> modules =
                MODULE.matcher(Repository.text("pom.xml"))
                        .results()
                        .map(module -> "`" + module.group(1) + "/`")
                        .toList();
        assertThat(modules).isNotEmpty();
        assertThat(Repository.text("ARCHITECTURE.md")).contains(modules);
    }

    @Test
    void everyDecisionIsListed() {
        List<String> decisions =
                Repository.files(Repository.ROOT.resolve("docs/adr")).stream()
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("\\d{4}-.*\\.md"))
                        .map(name -> "(" + name + ")")
                        .toList();
        assertThat(decisions).isNotEmpty();
        assertThat(Repository.text("docs/adr/README.md")).contains(decisions);
    }

    private static Set<String> typesNamedIn(String text) {
        return TYPE_IN_CODE
                .matcher(text)
                .results()
                .map(type -> type.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> typesOfTheCode() {
        return Repository.productionSources().stream()
                .map(path -> path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
    }

    private static String section(String title) {
        String page = Repository.text("ARCHITECTURE.md");
        int start = page.indexOf("## " + title);
        assertThat(start).as("section \"%s\"", title).isNotNegative();
        int end = page.indexOf("\n## ", start + 3);
        return end < 0 ? page.substring(start) : page.substring(start, end);
    }
}
