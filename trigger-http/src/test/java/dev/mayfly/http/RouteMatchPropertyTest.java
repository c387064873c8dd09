package dev.mayfly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.RoutePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random tables and requests against a matcher that tries every route in turn. */
class RouteMatchPropertyTest {
    private static final int TABLES = Integer.getInteger("mayfly.fuzz.runs", 3000);
    private static final List<String> WORDS =
            List.of("a", "b", "ab", "", "..", "%61", "c%2Fd", "é");
    private static final List<String> HOSTS =
            List.of("*", "*.x.test", "*.y.x.test", "y.x.test", "x.test");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "OPTIONS");

    private record Entry(String host, RoutePattern pattern, List<String> methods, Route route) {}

    @Test
    void theTreeFindsWhatTryingEveryRouteFinds() {
        long seed = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < TABLES; i++) {
            List<Entry> table = table(random);
            Router router = new Router();
            table.forEach(entry -> router.add(entry.host(), entry.route()));
            for (int j = 0; j < 4; j++) {
                RequestView request = request(random);
                assertThat(Optional.ofNullable(router.match(request)))
                        .describedAs("seed %d, %s in %s", seed, request, table)
                        .isEqualTo(reference(table, request));
            }
        }
        System.out.println("fuzz routes: " + 4 * TABLES + " matches, seed " + seed);
    }

    private static List<Entry> table(Random random) {
        List<Entry> table = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            RoutePattern pattern = pattern(random);
            String host = any(HOSTS, random);
            List<String> methods = random.nextBoolean() ? List.of() : List.of(any(METHODS, random));
            if (taken.add(host + shape(pattern))) {
                RouteNote note =
                        new RouteNote("app", 0, host + pattern.text() + methods, Optional.empty());
                table.add(
                        new Entry(
                                host,
                                pattern,
                                methods,
                                new Route(pattern, methods, false, note, new MissingFunction())));
            }
        }
        return table;
    }

    /** Equal for patterns that would clash. */
    private static String shape(RoutePattern pattern) {
        return pattern.text().replaceAll(":[a-z0-9]+", ":").replace("%61", "a");
    }

    private static RoutePattern pattern(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String word = any(WORDS, random);
            text.append('/')
                    .append(random.nextInt(3) == 0 ? ":p" + i : word.isEmpty() ? "a" : word);
        }
        if (text.isEmpty() || random.nextBoolean()) {
            text.append("/...");
        }
        String written = text.toString().replace("/..", "/...").replace("/....", "/...");
        return switch (RoutePattern.read(written)) {
            case Parsed.Valid<RoutePattern>(RoutePattern pattern) -> pattern;
            case Parsed.Invalid<RoutePattern> _ -> pattern(random);
        };
    }

    private static RequestView request(Random random) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            path.append('/').append(Escapes.asBytes(any(WORDS, random)));
        }
        String host = any(List.of("x.test", "y.x.test", "Z.y.x.test:80", "z.x.test.", "o"), random);
        return new RequestView(
                TestHead.get("/"),
                "id",
                any(METHODS, random),
                path.toString(),
                "",
                host,
                null,
                false);
    }

    private static Optional<Route> reference(List<Entry> table, RequestView request) {
        String authority = request.urlAuthority();
        return table.stream()
                .filter(entry -> NaiveMatch.hostRank(entry.host(), authority) < Integer.MAX_VALUE)
                .filter(entry -> NaiveMatch.matches(entry.pattern(), request.path()))
                .filter(entry -> NaiveMatch.takes(entry.methods(), request.method()))
                .min(
                        Comparator.<Entry>comparingInt(
                                        entry -> NaiveMatch.hostRank(entry.host(), authority))
                                .thenComparing(entry -> NaiveMatch.rank(entry.pattern())))
                .map(Entry::route);
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
