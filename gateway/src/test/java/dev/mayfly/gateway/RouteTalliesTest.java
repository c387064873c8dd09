package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.RouteNote;
import dev.mayfly.manifest.FunctionSpec.Activations;
import dev.mayfly.pool.FunctionId;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RouteTalliesTest {
    private final RouteTallies tallies = new RouteTallies();

    private static RouteNote note(String app, String route) {
        return new RouteNote(
                app,
                3,
                route,
                Optional.of(new FunctionId(app, 3, "f")),
                Activations.NONE,
                Optional.empty());
    }

    private long counted(String app, String route, StatusClass status) {
        RouteTallies.Times times =
                tallies.times(_ -> true).get(new RouteTallies.Key(app, 3, route, "f"));
        return times == null ? 0 : Arrays.stream(times.counts()[status.place()]).sum();
    }

    @Test
    void aTimeIsInTheFirstBucketWhoseBoundIsNotBelowIt() {
        long[] bounds = HistogramKind.times();
        assertThat(RouteCell.bucket(0)).isZero();
        for (int i = 0; i < bounds.length; i++) {
            assertThat(RouteCell.bucket(bounds[i])).isEqualTo(i);
            assertThat(RouteCell.bucket(bounds[i] + 1)).isEqualTo(i + 1);
        }
        assertThat(RouteCell.bucket(Long.MAX_VALUE)).isEqualTo(bounds.length);
    }

    @Test
    void whatLoopsCountIsAddedUp() {
        RouteTallies.Sheet one = tallies.sheet();
        RouteTallies.Sheet other = tallies.sheet();
        one.known(note("shop", "/a")).cell().ended(StatusClass.SUCCESS, 1_000);
        other.known(note("shop", "/a")).cell().ended(StatusClass.SUCCESS, 2_000);
        other.known(note("shop", "/a")).cell().ended(StatusClass.SERVER_ERROR, 4_000);
        assertThat(counted("shop", "/a", StatusClass.SUCCESS)).isEqualTo(2);
        assertThat(counted("shop", "/a", StatusClass.SERVER_ERROR)).isEqualTo(1);
        RouteTallies.Times times = tallies.times(_ -> true).values().iterator().next();
        assertThat(times.nanos()[StatusClass.SUCCESS.place()]).isEqualTo(3_000);
    }

    @Test
    void theNoteOfTheNextDeployGoesOnWhereTheLastOneWas() {
        RouteTallies.Sheet sheet = tallies.sheet();
        for (int deploy = 0; deploy < 10_000; deploy++) {
            sheet.known(note("shop", "/a")).cell().ended(StatusClass.SUCCESS, 1_000);
        }
        assertThat(counted("shop", "/a", StatusClass.SUCCESS)).isEqualTo(10_000);
    }

    @Test
    void whatIsServedNoMoreIsForgotten() {
        tallies.sheet().known(note("shop", "/a")).cell().ended(StatusClass.SUCCESS, 1_000);
        tallies.sheet().known(note("other", "/a")).cell().ended(StatusClass.SUCCESS, 1_000);
        assertThat(tallies.times(route -> route.app().equals("shop"))).hasSize(1);
        assertThat(counted("other", "/a", StatusClass.SUCCESS)).isZero();
    }

    @Test
    @Tag("limit:RouteTallies.MOST_ROUTES")
    void noMoreRoutesAreCountedThanMayBe() {
        RouteTallies.Sheet sheet = tallies.sheet();
        for (int i = 0; i < 10_100; i++) {
            sheet.known(note("shop", "/" + i)).cell().ended(StatusClass.SUCCESS, 1_000);
        }
        assertThat(tallies.times(_ -> true)).hasSize(10_000);
        assertThat(counted("shop", "/10050", StatusClass.SUCCESS)).isZero();
    }
}
