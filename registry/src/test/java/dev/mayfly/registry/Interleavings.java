package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Changes that meet, from two gateways on one database: random ones, begun at the same moment.
 * Whoever wins, exactly one does, and the others are told why not.
 */
final class Interleavings implements AutoCloseable {
    private final long seed;
    private final Registry one;
    private final Registry two;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Interleavings(RegistrySettings settings, long seed) {
        this.seed = seed;
        one = Registry.open(settings);
        two = Registry.open(settings);
        Sample.upload(one);
    }

    /** What must hold; {@code run} tells one try from another. */
    interface Property {
        void tryOnce(Interleavings of, int run) throws Exception;
    }

    void tryOften(Property property, int runs) throws Exception {
        for (int run = 0; run < runs; run++) {
            property.tryOnce(this, run);
        }
    }

    void ofDeploysAtOneVersionOneWins(int run) throws Exception {
        String app = Sample.name();
        SplittableRandom random = new SplittableRandom(seed + run);
        List<Callable<ChangeResult>> deploys = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Registry side = side(random);
            Intent intent = Intent.of("caller-" + i).ifAt(0);
            NewRevision revision = Sample.changed(app, "by " + i);
            deploys.add(() -> side.apps().commit(revision, intent));
        }
        List<ChangeResult> results = atOnce(deploys);
        assertOneWins(run, results);
        long version = one.apps().find(app).orElseThrow().version();
        assertThat(results)
                .as("run %s", run)
                .filteredOn(result -> !(result instanceof ChangeResult.Done))
                .containsOnly(new ChangeResult.Stale(version));
    }

    void ofAppsThatClaimOneRouteOneGetsIt(int run) throws Exception {
        SplittableRandom random = new SplittableRandom(seed - run);
        String host = Sample.name() + ".example";
        List<Callable<ChangeResult>> deploys = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Registry side = side(random);
            String methods = random.nextBoolean() ? "" : "methods = [\"GET\"]";
            String manifest = Sample.manifest(Sample.name(), host, "/users/:id" + i, methods);
            NewRevision revision = Sample.revision(manifest, "");
            deploys.add(() -> side.apps().commit(revision, Sample.ALICE));
        }
        List<ChangeResult> results = atOnce(deploys);
        Set<String> owners = owners(host);
        assertThat(owners).as("run %s", run).hasSize(1);
        assertOneWins(run, results);
        assertThat(results)
                .as("run %s", run)
                .filteredOn(ChangeResult.RoutesTaken.class::isInstance)
                .hasSize(count - 1)
                .allSatisfy(result -> assertThat(result.toString()).contains(owners));
    }

    private Set<String> owners(String host) {
        Set<String> owners = new HashSet<>();
        one.apps().routes().stream()
                .filter(route -> route.host().equals(host))
                .forEach(route -> owners.add(route.app()));
        return owners;
    }

    void aKeyUsedAtTheSameMomentIsOneDeploy(int run) throws Exception {
        String app = Sample.name();
        Intent once = Intent.of("caller").once("key " + app);
        NewRevision revision = Sample.changed(app, "once");
        Callable<ChangeResult> first = () -> one.apps().commit(revision, once);
        Callable<ChangeResult> second = () -> two.apps().commit(revision, once);
        List<ChangeResult> results = atOnce(List.of(first, second, first));
        assertThat(results).as("run %s", run).hasOnlyElementsOfType(ChangeResult.Done.class);
        assertThat(results)
                .as("run %s", run)
                .extracting(result -> ((ChangeResult.Done) result).replayed())
                .containsExactlyInAnyOrder(false, true, true);
        assertThat(one.apps().revisions(app)).as("run %s", run).hasSize(1);
    }

    void anAppStaysWhole(int run) throws Exception {
        String app = Sample.name();
        SplittableRandom random = new SplittableRandom(seed ^ run);
        one.apps().commit(Sample.revision(app), Sample.ALICE);
        List<Callable<ChangeResult>> changes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            changes.add(anyChange(app, i, random));
        }
        atOnce(changes);
        one.apps().find(app).ifPresent(state -> assertWhole(run, state));
    }

    private static void assertOneWins(int run, List<ChangeResult> results) {
        assertThat(results)
                .as("run %s", run)
                .filteredOn(ChangeResult.Done.class::isInstance)
                .hasSize(1);
    }

    private Callable<ChangeResult> anyChange(String app, int i, SplittableRandom random) {
        Apps apps = side(random).apps();
        return switch (random.nextInt(6)) {
            case 0 -> () -> apps.rollback(app, Sample.ALICE);
            case 1 -> () -> apps.activate(app, 1, Sample.ALICE);
            case 2 -> () -> apps.split(app, Map.of(1, 30, 2, 70), Sample.ALICE);
            case 3 -> () -> apps.delete(app, Sample.ALICE);
            case 4 -> () -> apps.commit(Sample.changed(app, "canary " + i, 10), Sample.ALICE);
            default -> () -> apps.commit(Sample.changed(app, "change " + i), Sample.ALICE);
        };
    }

    private void assertWhole(int run, AppState state) {
        assertThat(state.traffic()).as("run %s", run).isNotEmpty().containsKey(state.live());
        assertThat(state.traffic().values().stream().mapToInt(Integer::intValue).sum())
                .as("run %s", run)
                .isEqualTo(100);
        OptionalInt most = state.traffic().values().stream().mapToInt(Integer::intValue).max();
        assertThat(state.traffic().get(state.live())).isEqualTo(most.orElseThrow());
        assertThat(one.audit(state.name(), Long.MAX_VALUE, 1).getFirst().number())
                .as("run %s", run)
                .isEqualTo(state.version());
        assertThat(one.apps().routes())
                .as("run %s", run)
                .contains(new Route(state.name(), state.name() + ".example", "/...", "*"));
    }

    private Registry side(SplittableRandom random) {
        return random.nextInt(2) == 0 ? one : two;
    }

    private List<ChangeResult> atOnce(List<Callable<ChangeResult>> changes) throws Exception {
        CyclicBarrier start = new CyclicBarrier(changes.size());
        List<Future<ChangeResult>> running = new ArrayList<>();
        for (Callable<ChangeResult> change : changes) {
            running.add(
                    threads.submit(() -> {
                        start.await();
                        return change.call();
                    }));
        }
        List<ChangeResult> results = new ArrayList<>();
        for (Future<ChangeResult> future : running) {
            results.add(future.get());
        }
        return results;
    }

    @Override
    public void close() {
        threads.close();
        two.close();
        one.close();
    }
}
