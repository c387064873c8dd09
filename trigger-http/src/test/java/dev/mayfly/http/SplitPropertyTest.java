package dev.mayfly.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.HttpRoute.Target.StaticResponse;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Random apps, one of them of several revisions, and random requests: what answers is what trying
 * every route in turn finds. Where requests are shared, any revision may answer, but by its own
 * routes alone, and always the same for the same caller.
 */
class SplitPropertyTest {
    private static final int WORLDS = Integer.getInteger("mayfly.fuzz.runs", 3000) / 4;
    private static final int REQUESTS = 12;
    private static final List<String> HOSTS = List.of("", "x.test", "*.x.test");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "OPTIONS");
    private static final List<String> STICKY = List.of("", "cookie", "header:x-user");

    private final long seed = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final HttpTrigger trigger = TestApp.of("").idle();

    /** A route of one revision, as it is declared. */
    private record Entry(String app, long revision, HttpRoute route, String host) {
        boolean takes(RequestView request) {
            return NaiveMatch.hostRank(host, request.urlAuthority()) < Integer.MAX_VALUE
                    && NaiveMatch.matches(route.route(), request.path())
                    && NaiveMatch.takes(route.methods(), request.method());
        }

        String body() {
            return ((StaticResponse) route.target()).body();
        }
    }

    /** What is served, and every route of it. */
    private record World(List<AppSplit> apps) {
        List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            for (AppSplit app : apps) {
                for (AppSplit.Share share : app.shares()) {
                    Manifest manifest = share.routes().manifest();
                    for (HttpRoute route : manifest.http()) {
                        List<String> hosts = route.hosts().isEmpty() ? List.of("*") : route.hosts();
                        long revision = share.routes().revision();
                        hosts.forEach(host ->
                                entries.add(
                                        new Entry(manifest.app().name(), revision, route, host)));
                    }
                }
            }
            return entries;
        }
    }

    /** Changes what is served behind the back of the reference. */
    @FunctionalInterface
    private interface Fault {
        List<AppSplit> in(List<AppSplit> apps);
    }

    @Test
    void everyRequestSeesOneRevisionAndTheRightOne() {
        for (int i = 0; i < WORLDS; i++) {
            check(world(), apps -> apps);
        }
        System.out.println("fuzz splits: " + WORLDS + " worlds, seed " + seed);
    }

    @Test
    void aRevisionThatIsLostIsNoticed() {
        assertNoticed(apps -> eachShare(apps, shares -> List.of(whole(shares.getFirst()))));
    }

    @Test
    void routesOfAnotherRevisionAreNoticed() {
        assertNoticed(apps ->
                eachShare(
                        apps,
                        shares ->
                                shares.stream()
                                        .map(share -> with(share, shares.getFirst().routes()))
                                        .toList()));
    }

    @Test
    void anAppThatIsMissingIsNoticed() {
        assertNoticed(apps -> apps.subList(0, 1));
    }

    @Test
    void aLostStickinessIsNoticed() {
        assertNoticed(apps ->
                eachShare(apps, shares -> shares.stream().map(share -> loose(share)).toList()));
    }

    private void assertNoticed(Fault fault) {
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < WORLDS; i++) {
                                check(world(), fault);
                            }
                        })
                .isInstanceOf(AssertionError.class);
    }

    private static List<AppSplit> eachShare(
            List<AppSplit> apps, UnaryOperator<List<AppSplit.Share>> change) {
        return apps.stream().map(app -> new AppSplit(change.apply(app.shares()))).toList();
    }

    private static AppSplit.Share whole(AppSplit.Share share) {
        return new AppSplit.Share(share.routes(), 100, share.answers());
    }

    /** The share of a revision that has another's routes. */
    private static AppSplit.Share with(AppSplit.Share share, AppRoutes others) {
        return share(others.manifest(), share.routes().revision(), share.percent());
    }

    private static AppSplit.Share loose(AppSplit.Share share) {
        Manifest manifest = share.routes().manifest();
        List<HttpRoute> routes =
                manifest.http().stream()
                        .map(route ->
                                new HttpRoute(
                                        route.route(),
                                        route.methods(),
                                        route.hosts(),
                                        route.isPrivate(),
                                        route.target(),
                                        route.rateLimit(),
                                        Optional.empty(),
                                        Optional.empty()))
                        .toList();
        Manifest changed =
                new Manifest(manifest.app(), Map.of(), routes, List.of(), manifest.functions());
        return share(changed, share.routes().revision(), share.percent());
    }

    private static AppSplit.Share share(Manifest manifest, long revision, int percent) {
        AppRoutes routes = new AppRoutes(manifest, revision, Path.of("/none"), Map.of());
        return new AppSplit.Share(routes, percent, status -> {});
    }

    /** Two apps that do not clash, the first of two or three revisions. */
    private World world() {
        while (true) {
            int first = 1 + random.nextInt(98);
            int second = 1 + random.nextInt(99 - first);
            List<AppSplit.Share> shares = new ArrayList<>();
            shares.add(share("app", 1, first));
            shares.add(share("app", 2, second));
            shares.add(share("app", 3, 100 - first - second));
            List<AppSplit> apps =
                    List.of(new AppSplit(shares), new AppSplit(List.of(share("other", 9, 100))));
            if (HttpTrigger.table(apps) instanceof Parsed.Valid) {
                return new World(apps);
            }
        }
    }

    private AppSplit.Share share(String app, long revision, int percent) {
        StringBuilder toml = new StringBuilder(TestApp.HEADER.replace("\"app\"", '"' + app + '"'));
        for (int i = random.nextInt(4); i >= 0; i--) {
            String route = pattern();
            toml.append("[[trigger.http]]\nroute = \"").append(route).append("\"\n");
            put("hosts", any(HOSTS), "[\"%s\"]", toml);
            put("methods", any(List.of("", "GET", "POST")), "[\"%s\"]", toml);
            put("sticky", any(STICKY), "\"%s\"", toml);
            toml.append(
                    "static_response = { body = \"%s %d %s %d\" }\n"
                            .formatted(app, revision, route, i));
        }
        return switch (Manifests.parse(toml.toString())) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> share(manifest, revision, percent);
            case Parsed.Invalid<Manifest> _ -> share(app, revision, percent); // it clashed
        };
    }

    private static void put(String key, String value, String form, StringBuilder toml) {
        if (!value.isEmpty()) {
            toml.append(key).append(" = ").append(form.formatted(value)).append('\n');
        }
    }

    private String pattern() {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            pattern.append('/').append(any(List.of("a", "b", ":p" + i)));
        }
        return pattern.isEmpty() || random.nextBoolean() ? pattern + "/..." : pattern.toString();
    }

    private void check(World world, Fault fault) {
        trigger.serve(TwoRevisions.table(fault.in(world.apps()).toArray(AppSplit[]::new)));
        Map<String, Long> known = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            TestHead head = request();
            TestExchange exchange = new TestExchange(head);
            trigger.handle(exchange);
            judge(world, exchange, known);
        }
    }

    private TestHead request() {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            path.append('/').append(any(List.of("a", "b", "c")));
        }
        return TestHead.bare(any(METHODS), path.toString())
                .with("Host", any(List.of("x.test", "y.x.test", "other")))
                .with("X-User", any(List.of("ann", "bob")))
                .with("Cookie", "mayfly-revision-app=" + any(List.of("k1", "k2")));
    }

    private void judge(World world, TestExchange exchange, Map<String, Long> known) {
        TestHead head = (TestHead) exchange.head();
        String host = String.valueOf(head.headers().first("host"));
        RequestView request =
                new RequestView(head, "id", head.method(), head.target(), "", host, null, false);
        Optional<Entry> union = best(world.entries(), request);
        Supplier<String> described = () -> "seed %d, %s, %s".formatted(seed, head, world);
        assertThat(exchange.note().map(RouteNote::app))
                .as(described)
                .isEqualTo(union.map(Entry::app));
        if (union.isEmpty()) {
            assertThat(exchange.status()).as(described).isIn(404, 405);
            return;
        }
        long revision = exchange.note().orElseThrow().revision();
        Optional<Entry> own = best(of(world, union.get().app(), revision), request);
        if (own.isEmpty()) {
            assertThat(exchange.status()).as(described).isIn(404, 405);
        } else if (!head.method().equals("HEAD")) {
            assertThat(exchange.text()).as(described).isEqualTo(own.get().body());
        }
        String sticky = union.get().route().sticky().orElse("");
        if (!sticky.isEmpty()) {
            String field = sticky.equals("cookie") ? "cookie" : "x-user";
            String caller = union.get().app() + " " + head.headers().first(field);
            assertThat(known.computeIfAbsent(caller, _ -> revision))
                    .as(described)
                    .isEqualTo(revision);
        }
    }

    private static List<Entry> of(World world, String app, long revision) {
        return world.entries().stream()
                .filter(entry -> entry.app().equals(app) && entry.revision() == revision)
                .toList();
    }

    private static Optional<Entry> best(List<Entry> entries, RequestView request) {
        return entries.stream()
                .filter(entry -> entry.takes(request))
                .min(
                        Comparator.<Entry>comparingInt(entry ->
                                        NaiveMatch.hostRank(entry.host(), request.urlAuthority()))
                                .thenComparing(entry -> NaiveMatch.rank(entry.route().route()))
                                .thenComparing(entry -> !lists(entry, request))
                                .thenComparing(
                                        Comparator.comparingLong(Entry::revision).reversed()));
    }

    /** A route that lists HEAD goes before one of the same pattern that implies it. */
    private static boolean lists(Entry entry, RequestView request) {
        return entry.route().methods().isEmpty()
                || entry.route().methods().contains(request.method());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
