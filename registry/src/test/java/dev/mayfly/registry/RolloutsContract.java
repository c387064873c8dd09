package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What gradual rollouts, gateways and rehearsals promise, on whatever PostgreSQL. */
abstract class RolloutsContract {
    private static final Rollout.Plan PLAN = new Rollout.Plan(Duration.ofHours(1), "5xx>1%");

    abstract Registry registry();

    private String begun() {
        String app = Sample.name();
        registry().apps().commit(Sample.revision(app), ALICE);
        assertThat(registry().rollouts().begin(Sample.changed(app, "new", 5), PLAN, ALICE))
                .isInstanceOf(ChangeResult.Done.class);
        return app;
    }

    private Rollout rollout(String app) {
        return registry().rollouts().find(app).orElseThrow();
    }

    private Map<Integer, Integer> traffic(String app) {
        return registry().apps().find(app).orElseThrow().traffic();
    }

    @Test
    void aRolloutGoesFromItsFirstPartToAllWithTheTraffic() {
        String app = begun();
        assertThat(rollout(app))
                .returns(2, Rollout::revision)
                .returns(1, Rollout::base)
                .returns(PLAN, Rollout::plan)
                .returns(Rollout.State.RUNNING, Rollout::state);
        assertThat(rollout(app).timing().due()).isFalse();
        registry().rollouts().advance(rollout(app), 60, "canary");
        assertThat(traffic(app)).isEqualTo(Map.of(1, 40, 2, 60));
        assertThat(rollout(app).percent()).isEqualTo(60);
        registry().rollouts().advance(rollout(app), 100, "canary");
        assertThat(traffic(app)).isEqualTo(Map.of(2, 100));
        assertThat(rollout(app).state()).isEqualTo(Rollout.State.DONE);
        assertThat(registry().rollouts().running()).extracting(Rollout::app).doesNotContain(app);
    }

    @Test
    void whoSawAnEarlierPartChangesNothing() {
        String app = begun();
        Rollout early = rollout(app);
        registry().rollouts().advance(early, 10, "canary");
        assertThat(registry().rollouts().advance(early, 20, "canary"))
                .isInstanceOf(ChangeResult.NotFound.class);
        assertThat(traffic(app)).isEqualTo(Map.of(1, 90, 2, 10));
    }

    @Test
    void oneThatIsTakenBackGivesAllToTheRevisionBefore() {
        String app = begun();
        registry().rollouts().takeBack(app, Rollout.State.ABORTED, "too many errors", ALICE);
        assertThat(traffic(app)).isEqualTo(Map.of(1, 100));
        assertThat(rollout(app).state()).isEqualTo(Rollout.State.ABORTED);
        assertThat(registry().rollouts().takeBack(app, Rollout.State.CANCELLED, "again", ALICE))
                .isInstanceOf(ChangeResult.NotFound.class);
        assertThat(registry().audit(app, Long.MAX_VALUE, 1).getFirst())
                .satisfies(line -> {
                    assertThat(line.action()).isEqualTo("abort-canary");
                    assertThat(line.subject().detail()).isEqualTo("too many errors");
                });
    }

    @Test
    void anyOtherChangeOfTheTrafficEndsIt() {
        String app = begun();
        registry().apps().split(app, Map.of(1, 50, 2, 50), ALICE);
        assertThat(rollout(app).state()).isEqualTo(Rollout.State.OVERRULED);
        assertThat(registry().rollouts().advance(rollout(app), 80, "canary"))
                .isInstanceOf(ChangeResult.NotFound.class);
    }

    @Test
    void aRehearsalTellsTheEndAndLeavesNothing() {
        String app = begun();
        registry().apps().activate(app, 1, ALICE);
        long number = registry().number();
        assertThat(registry().apps().rehearse(Sample.changed(app, "third"), ALICE))
                .isInstanceOfSatisfying(
                        ChangeResult.Done.class, done -> assertThat(done.revision()).isEqualTo(3));
        assertThat(registry().apps().rehearse(Sample.revision(app), ALICE))
                .isInstanceOf(ChangeResult.Unchanged.class);
        assertThat(registry().number()).isEqualTo(number);
        assertThat(registry().apps().revisions(app)).hasSize(2);
        registry().apps().commit(Sample.changed(app, "another third"), ALICE);
        assertThat(registry().apps().revision(app, 3).orElseThrow().manifest())
                .contains("another third");
        assertThat(registry().apps().previous(app)).hasValue(1);
    }

    @Test
    void gatewaysAreThereFromTheirFirstBeatUntilTheyLeave() {
        String id = Sample.name();
        String app = Sample.name();
        registry().gateways().beat(beat(id, 1), List.of(new AnswerCount(app, 2, 5, 3)));
        registry().gateways().beat(beat(id, 7), List.of(new AnswerCount(app, 2, 5, 4)));
        registry().gateways().beat(beat(id + "-b", 7), List.of(new AnswerCount(app, 2, 5, 10)));
        assertThat(registry().gateways().present())
                .filteredOn(beat -> beat.id().equals(id))
                .singleElement()
                .returns(7L, GatewayBeat::applied);
        registry().gateways().leave(id);
        assertThat(registry().gateways().present()).extracting(GatewayBeat::id).doesNotContain(id);
        assertThat(registry().gateways().answered(app, 2))
                .containsExactly(new AnswerCount(app, 2, 5, 14));
    }

    private static GatewayBeat beat(String id, long applied) {
        return new GatewayBeat(
                id, "machine", "127.0.0.1:1", "http://127.0.0.1:2", applied, Instant.EPOCH);
    }

    @Test
    void whatIsSealedOpensAsWhatItWasSealedAsAndNothingElse() {
        Seals seals = registry().seals();
        String sealed = seals.seal("state of shop", "planted");
        assertThat(sealed).doesNotContain("planted");
        assertThat(seals.open("state of shop", sealed)).isEqualTo("planted");
        for (String damaged :
                List.of(sealed.replace('A', 'B') + "AA", "x" + sealed, "", "no line of ours.")) {
            assertThat(catchThrowable(() -> seals.open("state of shop", damaged)))
                    .as(damaged)
                    .isInstanceOf(UnavailableException.class);
        }
        assertThat(catchThrowable(() -> seals.open("state of other", sealed)))
                .isInstanceOf(UnavailableException.class);
    }
}
