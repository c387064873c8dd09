package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What apps and revisions promise, on whatever PostgreSQL. */
abstract class AppsContract {
    abstract Registry registry();

    private Apps apps() {
        return registry().apps();
    }

    private ChangeResult.Done done(ChangeResult result) {
        assertThat(result).isInstanceOf(ChangeResult.Done.class);
        return (ChangeResult.Done) result;
    }

    private ChangeResult.Done commit(NewRevision revision) {
        return done(apps().commit(revision, ALICE));
    }

    @Test
    void theFirstRevisionIsLiveAtOnce() {
        String app = Sample.name();
        AppState state = commit(Sample.revision(app)).state();
        assertThat(state.live()).isEqualTo(1);
        assertThat(state.traffic()).isEqualTo(Map.of(1, 100));
        assertThat(apps().find(app)).contains(state);
        Revision live = apps().live(app).orElseThrow().revisions().getFirst();
        assertThat(live.manifest()).isEqualTo(Sample.manifest(app));
        assertThat(live.artifacts()).isEqualTo(Map.of("f.wasm", Sample.DIGEST));
        assertThat(live.summary().who()).isEqualTo("alice");
        assertThat(live.summary().message()).isEqualTo("first");
    }

    @Test
    void anEqualRevisionIsNotStoredAgain() {
        String app = Sample.name();
        AppState state = commit(Sample.revision(app)).state();
        assertThat(apps().commit(Sample.revision(app), ALICE))
                .isEqualTo(new ChangeResult.Unchanged(state));
        assertThat(apps().revisions(app)).hasSize(1);
    }

    @Test
    void numbersCountUpAndAreNotUsedTwice() {
        String app = Sample.name();
        commit(Sample.revision(app));
        assertThat(commit(Sample.changed(app, "second")).revision()).isEqualTo(2);
        assertThat(done(apps().delete(app, ALICE)).state().live()).isZero();
        assertThat(apps().find(app)).isEmpty();
        assertThat(apps().revision(app, 2)).isEmpty();
        assertThat(commit(Sample.revision(app)).revision()).isEqualTo(3);
    }

    @Test
    void aRollbackGoesToWhatWasLiveBefore() {
        String app = Sample.name();
        commit(Sample.revision(app));
        commit(Sample.changed(app, "never live", 0));
        commit(Sample.changed(app, "third"));
        AppState back = done(apps().rollback(app, ALICE)).state();
        assertThat(back.live()).isEqualTo(1);
        assertThat(apps().rollback(app, ALICE)).isInstanceOf(ChangeResult.NotFound.class);
        assertThat(done(apps().activate(app, 2, ALICE)).state().live()).isEqualTo(2);
        assertThat(apps().activate(app, 9, ALICE))
                .isEqualTo(new ChangeResult.NotFound("revision 9 of " + app));
    }

    @Test
    void trafficIsSplitAndTheLargestShareIsLive() {
        String app = Sample.name();
        commit(Sample.revision(app));
        AppState canary = commit(Sample.changed(app, "canary", 5)).state();
        assertThat(canary.live()).isEqualTo(1);
        assertThat(canary.traffic()).isEqualTo(Map.of(1, 95, 2, 5));
        AppState half = done(apps().split(app, Map.of(1, 50, 2, 50), ALICE)).state();
        assertThat(half.live()).isEqualTo(1);
        assertThat(done(apps().split(app, Map.of(1, 40, 2, 60), ALICE)).state().live())
                .isEqualTo(2);
        assertThat(apps().live(app).orElseThrow().revisions()).hasSize(2);
        assertThatThrownBy(() -> apps().split(app, Map.of(1, 40, 2, 61), ALICE))
                .hasMessageContaining("sum to 100");
    }

    @Test
    void aCanaryNeedsSomethingLiveBesideIt() {
        String app = Sample.name();
        assertThat(apps().commit(Sample.changed(app, "alone", 5), ALICE))
                .isEqualTo(new ChangeResult.NotFound("a live revision of " + app));
        assertThat(apps().find(app)).isEmpty();
    }

    @Test
    void aChangeOfAnotherVersionIsRefused() {
        String app = Sample.name();
        AppState first = commit(Sample.revision(app)).state();
        AppState second =
                done(apps().commit(Sample.changed(app, "second"), ALICE.ifAt(first.version())))
                        .state();
        assertThat(apps().commit(Sample.changed(app, "third"), ALICE.ifAt(first.version())))
                .isEqualTo(new ChangeResult.Stale(second.version()));
        assertThat(apps().rollback(app, ALICE.ifAt(0)))
                .isEqualTo(new ChangeResult.Stale(second.version()));
        assertThat(apps().commit(Sample.revision(Sample.name()), ALICE.ifAt(7)))
                .isEqualTo(new ChangeResult.Stale(0));
    }

    @Test
    void anIdempotencyKeyIsAnsweredNotRepeated() {
        String app = Sample.name();
        Intent once = ALICE.once("key of " + app);
        NewRevision second = Sample.changed(app, "second");
        commit(Sample.revision(app));
        int number = done(apps().commit(second, once)).revision();
        commit(Sample.changed(app, "third"));
        ChangeResult.Done again = done(apps().commit(second, once));
        assertThat(again.replayed()).isTrue();
        assertThat(again.revision()).isEqualTo(number);
        assertThat(again.state().live()).isEqualTo(3);
        assertThat(apps().commit(Sample.changed(app, "other"), once))
                .isEqualTo(new ChangeResult.KeyReused("key of " + app));
        assertThat(apps().revisions(app)).hasSize(3);
        assertThat(done(apps().commit(second, Intent.of("bob").once("key of " + app))).replayed())
                .isFalse();
    }

    @Test
    void artifactsThatAreNotStoredWholeAreNamed() {
        String app = Sample.name();
        Digest absent = Digest.of(app.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Digest begun = Digest.of(new byte[] {1, 2, 3, 4, 5});
        registry().artifacts().append(begun, 5, 0, new byte[] {1, 2});
        NewRevision revision =
                new NewRevision(
                        Sample.manifest(app),
                        Map.of("f.wasm", absent, "g.wasm", begun, "h.wasm", Sample.DIGEST),
                        "");
        assertThat(apps().commit(revision, ALICE))
                .isEqualTo(new ChangeResult.ArtifactsMissing(Set.of(absent, begun)));
        assertThat(apps().find(app)).isEmpty();
    }

    @Test
    void aManifestThatCannotBeReadIsRefusedWithItsProblems() {
        ChangeResult result = apps().commit(Sample.revision("manifest_version = 2", ""), ALICE);
        assertThat(result)
                .isInstanceOfSatisfying(
                        ChangeResult.Invalid.class,
                        invalid -> assertThat(invalid.problems()).hasSizeGreaterThan(1));
    }

    @Test
    void changesOfAnAppThatIsNotThereSaySo() {
        String app = Sample.name();
        ChangeResult missing = new ChangeResult.NotFound("the app " + app);
        assertThat(apps().delete(app, ALICE)).isEqualTo(missing);
        assertThat(apps().rollback(app, ALICE)).isInstanceOf(ChangeResult.NotFound.class);
        assertThat(apps().split(app, Map.of(1, 100), ALICE))
                .isInstanceOf(ChangeResult.NotFound.class);
        assertThat(apps().revisions(app)).isEmpty();
        assertThat(apps().live(app)).isEmpty();
    }

    @Test
    void whatIsLiveIsToldWithTheNumberItIsOf() {
        String app = Sample.name();
        AppState state = commit(Sample.revision(app)).state();
        commit(Sample.changed(Sample.name(), "not live", 0));
        LiveState live = apps().live();
        assertThat(live.number()).isGreaterThanOrEqualTo(state.version());
        assertThat(live.apps()).extracting(LiveApp::state).contains(state);
        assertThat(live.apps()).allSatisfy(one -> assertThat(one.revisions()).isNotEmpty());
        List<String> names = apps().list().stream().map(AppState::name).toList();
        assertThat(names).contains(app).isSorted();
    }
}
