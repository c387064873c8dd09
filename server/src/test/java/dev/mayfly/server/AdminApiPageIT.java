package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/admin-api.md to the table of endpoints and to the kinds of problems. */
class AdminApiPageIT {
    private static final Pattern CALL =
            Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]*)` \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern KIND =
            Pattern.compile("(?m)^\\| `(urn:mayfly:[a-z-]+)` \\| (\\d{3}) \\| ([^|]*)\\|$");

    @TempDir Path folder;

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "admin-api.md"));
    }

    @Test
    void everyCallIsOnThePageAsTheTableHasIt() throws IOException {
        List<String> calls =
                CALL.matcher(page())
                        .results()
                        .map(row -> row.group(1) + " | " + row.group(2) + " | " + row.group(3))
                        .toList();
        try (ApiServer server = new ApiServer(folder)) {
            assertThat(calls)
                    .containsExactlyElementsOf(
                            server.api.endpoints().stream().map(AdminApiPageIT::row).toList());
        }
    }

    private static String row(Endpoint endpoint) {
        String access = endpoint.access().text().replace("<", "&lt;").replace(">", "&gt;");
        return endpoint.method()
                + " "
                + endpoint.path().text()
                + " | "
                + access
                + " | "
                + endpoint.said();
    }

    @Test
    void everyKindOfProblemIsOnThePage() throws IOException {
        List<MatchResult> rows = KIND.matcher(page()).results().toList();
        assertThat(rows.stream().map(row -> row.group(1) + " " + row.group(2)).toList())
                .containsExactlyElementsOf(
                        Arrays.stream(Kind.values())
                                .filter(kind -> kind.type().startsWith("urn:"))
                                .map(kind -> kind.type() + " " + kind.status())
                                .toList());
        for (MatchResult row : rows) {
            Kind kind = kind(row.group(1));
            kind.extra()
                    .map(Shapes::of)
                    .ifPresent(extra ->
                            assertThat(row.group(3))
                                    .contains("`" + extra.members().getFirst().name() + "`"));
        }
    }

    private static Kind kind(String type) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
