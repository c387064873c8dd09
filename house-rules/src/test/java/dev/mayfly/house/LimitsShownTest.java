package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.Parsed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What docs/limits.md says of a limit is shown by the tests that carry its tag: its meter, and the
 * defaults that are computed rather than written down.
 */
final class LimitsShownTest {
    /** The limit's name, and the row's last cell. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\|.*<!-- limit: ([\\w.]+) -->.*\\| ([^|]*) \\|$");

    /** A meter's name, the value of its tag, or both. */
    private static final Pattern METER =
            Pattern.compile("`(mayfly_\\w+)?(?:\\{\\w+=\"(\\w+)\"})?`");

    private static final Pattern DEFAULT =
            Pattern.compile("(?m)^\\|.*<!-- limit: ([\\w.]+) --> \\| ([^|]*) \\|");

    private final String page = Repository.text("docs/limits.md");

    @Test
    void aTestThatNamesALimitNamesItsMeterToo() {
        Map<String, Set<String>> unseen = new TreeMap<>();
        for (MatchResult row : ROW.matcher(page).results().toList()) {
            String tests = testsOf(row.group(1));
            Set<String> missing = meters(row.group(2));
            missing.removeIf(tests::contains);
            if (!missing.isEmpty()) {
                unseen.put(row.group(1), missing);
            }
        }
        assertThat(unseen).as("meters that no test of their limit looks at").isEmpty();
    }

    private static Set<String> meters(String cell) {
        Set<String> words = new TreeSet<>();
        for (Matcher meter = METER.matcher(cell); meter.find(); ) {
            Optional.ofNullable(meter.group(1)).ifPresent(words::add);
            Optional.ofNullable(meter.group(2)).ifPresent(words::add);
        }
        return words;
    }

    /** The text of all that carry the limit's tag. */
    private static String testsOf(String limit) {
        String tag = "@Tag(\"limit:" + limit + "\")";
        return Repository.files(Repository.ROOT).stream()
                .map(Path::toString)
                .filter(path -> path.contains("src/test/java/") && path.endsWith(".java"))
                .map(Repository::text)
                .filter(text -> text.contains(tag))
                .collect(Collectors.joining());
    }

    @Test
    void defaultsThatAreComputedAreAsThePageSays() {
        Runtime machine = Runtime.getRuntime();
        ServerSettings settings = defaults();
        assertThat(says("runtime.guest_threads")).isEqualTo("four a core, at least 8");
        assertThat(settings.guests().threads())
                .isEqualTo(Math.max(8, 4 * machine.availableProcessors()));
        assertThat(says("memory.budget")).isEqualTo("half the heap");
        assertThat(settings.guests().memoryBudget()).isEqualTo(machine.maxMemory() / 2);
        assertThat(amount("runtime.max_blocked")).isEqualTo(settings.guests().maxBlocked());
        assertThat(amount("cache.max_bytes")).isEqualTo(settings.guests().cache().maxBytes());
    }

    private static ServerSettings defaults() {
        return switch (ServerSettings.read(Optional.empty(), Map.of(), Map.of())) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> settings;
            case Parsed.Invalid<ServerSettings> invalid ->
                    throw new AssertionError(invalid.problems());
        };
    }

    private String says(String limit) {
        return DEFAULT.matcher(page)
                .results()
                .filter(row -> row.group(1).equals(limit))
                .findFirst()
                .orElseThrow()
                .group(2)
                .strip();
    }

    private long amount(String limit) {
        return Amount.of(says(limit).replace("`", "")).orElseThrow();
    }
}
