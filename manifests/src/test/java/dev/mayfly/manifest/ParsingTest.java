package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParsingTest {
    @Test
    void syntaxErrorsAndBrokenRulesAreReportedTogether() {
        String toml =
                """
                manifest_version = 1
                [app]
                name = shop
                [function.hello]
                source = "hello.wasm"
                limits = { memory = "64MB" }
                """;
        assertThat(Samples.problems(toml)).extracting(Problem::line).containsExactly(3, 6);
    }

    @Test
    void whatFollowsABrokenHeaderIsNotBlamed() {
        String toml = Samples.hello("[other\nnonsense = 1\n[function.b]\nsource = 5\n");
        assertThat(Samples.problems(toml)).extracting(Problem::line).containsExactly(9, 12);
    }

    @Test
    void aTextTheTomlLibraryFailsOnIsReportedAtItsLine() {
        String toml = Samples.hello("limits = { m,#\0\remory = \"64MB\" }\n# the end\n");
        assertThat(Samples.lines(Samples.problems(toml)))
                .containsExactly(
                        "app.toml:9:1: not TOML: this line cannot be read — look for an open quote"
                                + " or bracket, or a stray character");
    }

    @Test
    void aByteOrderMarkIsNoProblem() {
        Samples.valid("\uFEFF" + Samples.hello(""));
    }

    @Test
    void linesMayEndInCarriageReturnAndLineFeed() {
        Samples.valid(Samples.hello("").replace("\n", "\r\n"));
    }

    @Test
    @Tag("limit:Document.MAX_LENGTH")
    void aTextThatIsFarTooLongIsRefusedUnread() {
        List<Problem> problems = Samples.problems("#".repeat(Document.MAX_LENGTH + 1));
        assertThat(Samples.lines(problems))
                .containsExactly(
                        "app.toml: 1048577 characters are too many (expected: at most 1048576) —"
                                + " split the app in two");
    }

    @Test
    @Tag("limit:Text.MAX_LENGTH")
    void aRouteHas1024CharactersAtMost() {
        String app =
                "manifest_version = 1\n[app]\nname = \"a\"\n[[trigger.http]]\n"
                        + "route = \"/%s\"\nstatic_response = { body = \"b\" }\n";
        Samples.valid(app.formatted("x".repeat(1023)));
        assertThat(Samples.problems(app.formatted("x".repeat(1024)))).hasSize(1);
    }

    @Test
    void longAndDeepTextsAreReadWithoutOverflow() {
        for (String text :
                List.of(
                        "a=" + "[".repeat(200_000),
                        "a=" + "{a=".repeat(50_000),
                        "a" + ".a".repeat(50_000) + "=1",
                        Samples.hello("entrypoint = \"" + "a-".repeat(100_000) + "\""),
                        Samples.hello("argv = \"" + "a ".repeat(100_000) + "\""),
                        Samples.hello("environment = { A = \"" + "{{ ".repeat(100_000) + "\" }"),
                        "route = \"" + "/:a".repeat(100_000) + "\"")) {
            assertThat(Manifests.parse(text)).isNotNull();
        }
    }

    @Test
    void aLongEnvironmentValueIsFine() {
        Samples.valid(Samples.hello("environment = { A = \"" + "x".repeat(100_000) + "\" }"));
    }

    @Test
    void memoryIsRoundedDownToPages() {
        Manifest app = Samples.valid(Samples.hello("limits = { memory = \"100KiB\" }"));
        assertThat(app.functions().values())
                .extracting(function -> function.limits().memoryPages())
                .containsExactly(1);
    }

    @Test
    void theCpuLimitFollowsTheTimeout() {
        Manifest app = Samples.valid(Samples.hello("limits = { timeout = \"9s\" }"));
        assertThat(app.functions().values())
                .allSatisfy(f -> assertThat(f.limits().cpu()).isEqualTo(f.limits().timeout()));
    }

    @Test
    void orderIsThatOfTheFile() {
        StringBuilder toml = new StringBuilder(Samples.hello(""));
        List<String> names = List.of("z", "a", "m", "b");
        names.forEach(name -> toml.append("[function.%s]\nsource = 'x'\n".formatted(name)));
        assertThat(Samples.valid(toml.toString()).functions().keySet())
                .containsExactly("hello", "z", "a", "m", "b");
    }

    @Test
    void theSameManifestWrittenElsewhereIsEqual() {
        assertThat(Samples.valid("# a comment\n\n" + Samples.hello("")))
                .isEqualTo(Samples.valid(Samples.hello("")));
    }

    @Test
    void aProblemWithoutAPlaceNamesTheFileOnly() {
        assertThat(new Problem(0, 0, "", "is empty", "").at("app.toml"))
                .isEqualTo("app.toml: is empty");
    }
}
