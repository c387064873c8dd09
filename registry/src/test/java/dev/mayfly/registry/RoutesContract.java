package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A route belongs to one app, on whatever PostgreSQL. */
abstract class RoutesContract {
    abstract Registry registry();

    private ChangeResult commit(String app, String host, String route, String methods) {
        return registry()
                .apps()
                .commit(Sample.revision(Sample.manifest(app, host, route, methods), ""), ALICE);
    }

    private static ChangeResult taken(String owner, String host, String pattern, String method) {
        return new ChangeResult.RoutesTaken(
                java.util.List.of(new Clash(owner, host, pattern, method)));
    }

    @Test
    void aRouteOfAnotherAppIsRefusedByItsName() {
        String one = Sample.name();
        String two = Sample.name();
        String host = one + ".example";
        commit(one, host, "/users/:id", "methods = [\"POST\"]");
        assertThat(commit(two, host, "/users/:name", "methods = [\"POST\", \"PUT\"]"))
                .isEqualTo(taken(one, host, "/users/:id", "POST"));
        assertThat(registry().apps().find(two)).isEmpty();
        assertThat(commit(two, host, "/users/:name", "methods = [\"PUT\"]"))
                .isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    void aRouteForEveryMethodClashesWithEachOfThemButOptions() {
        String one = Sample.name();
        String two = Sample.name();
        String host = one + ".example";
        commit(one, host, "/a", "");
        assertThat(commit(two, host, "/a", "methods = [\"DELETE\"]"))
                .isEqualTo(taken(one, host, "/a", "*"));
        assertThat(commit(two, host, "/a", "methods = [\"OPTIONS\"]"))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(commit(two, host, "/a", "")).isEqualTo(taken(one, host, "/a", "*"));
    }

    @Test
    void getTakesHeadWithIt() {
        String one = Sample.name();
        String host = one + ".example";
        commit(one, host, "/a", "methods = [\"GET\"]");
        assertThat(commit(Sample.name(), host, "/a", "methods = [\"HEAD\"]"))
                .isEqualTo(taken(one, host, "/a", "HEAD"));
    }

    @Test
    void hostsAndPathsThatDifferAreDifferentRoutes() {
        String host = Sample.name() + ".example";
        assertThat(commit(Sample.name(), host, "/a", "")).isInstanceOf(ChangeResult.Done.class);
        assertThat(commit(Sample.name(), host, "/a/", "")).isInstanceOf(ChangeResult.Done.class);
        assertThat(commit(Sample.name(), host, "/a/...", "")).isInstanceOf(ChangeResult.Done.class);
        assertThat(commit(Sample.name(), host, "/:a", "")).isInstanceOf(ChangeResult.Done.class);
        assertThat(commit(Sample.name(), "*." + host, "/a", ""))
                .isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    void aRouteIsFreeWhenNothingLiveHasIt() {
        String one = Sample.name();
        String two = Sample.name();
        String host = one + ".example";
        commit(one, host, "/a", "");
        commit(one, host, "/b", "");
        assertThat(commit(two, host, "/a", "")).isInstanceOf(ChangeResult.Done.class);
        assertThat(registry().apps().rollback(one, ALICE)).isEqualTo(taken(two, host, "/a", "*"));
        registry().apps().delete(two, ALICE);
        assertThat(registry().apps().rollback(one, ALICE)).isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    void aSplitHoldsTheRoutesOfBothRevisions() {
        String one = Sample.name();
        String host = one + ".example";
        commit(one, host, "/a", "methods = [\"GET\"]");
        NewRevision wider =
                new NewRevision(
                        Sample.manifest(one, host, "/a", ""),
                        Map.of("f.wasm", Sample.DIGEST),
                        "",
                        10);
        assertThat(registry().apps().commit(wider, ALICE)).isInstanceOf(ChangeResult.Done.class);
        assertThat(registry().apps().routes())
                .contains(new Route(one, host, "/a", "*"))
                .doesNotContain(new Route(one, host, "/a", "GET"));
        assertThat(commit(Sample.name(), host, "/a", "methods = [\"POST\"]"))
                .isEqualTo(taken(one, host, "/a", "*"));
    }
}
