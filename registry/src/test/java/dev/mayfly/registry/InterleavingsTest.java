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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Changes that meet, from two gateways: random ones, begun at the same moment. Whoever wins,
 * exactly one does, and the others are told why not.
 */
final class InterleavingsTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 0) > 0 ? 2000 : 60;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    private static OwnServer server;
    private static Registry one;
    private static Registry two;
    private static ExecutorService threads;

    @BeforeAll
    static void open() throws Exception {
        server = OwnServer.embedded();
        RegistrySettings settings = Registries.fresh(server.url());
        one = Registry.open(settings);
        two = Registry.open(settings);
        Sample.upload(one);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        System.out.println("interleavings: " + RUNS + " runs, -Dmayfly.fuzz.seed=" + SEED);
    }

    @AfterAll
    static void close() throws Exception {
        threads.close();
        two.close();
        one.close();
        server.close();
    }

    @Test
    void ofDeploysAtOneVersionExactlyOneWins() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            String app = Sample.name();
            SplittableRandom random = new SplittableRandom(SEED + run);
            List<Callable<ChangeResult>> deploys = new ArrayList<>();
            int count = 2 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                Registry side = side(random.nextInt(2));
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
    }

    @Test
    void ofAppsThatClaimOneRouteExactlyOneGetsIt() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(SEED - run);
            String host = Sample.name() + ".example";
            List<Callable<ChangeResult>> deploys = new ArrayList<>();
            Set<String> apps = new HashSet<>();
            int count = 2 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                Registry side = side(random.nextInt(2));
                String app = Sample.name();
                apps.add(app);
                String methods = random.nextBoolean() ? "" : "methods = [\"GET\"]";
                NewRevision revision =
                        Sample.revision(Sample.manifest(app, host, "/users/:id" + i, methods), "");
                deploys.add(() -> side.apps().commit(revision, Sample.ALICE));
            }
            List<ChangeResult> results = atOnce(deploys);
            Set<String> owners = new HashSet<>();
            one.apps().routes().stream()
                    .filter(route -> route.host().equals(host))
                    .forEach(route -> owners.add(route.app()));
            assertThat(owners).as("run %s", run).hasSize(1);
            assertOneWins(run, results);
            assertThat(results)
                    .as("run %s", run)
                    .filteredOn(ChangeResult.RoutesTaken.class::isInstance)
                    .hasSize(apps.size() - 1)
                    .allSatisfy(result -> assertThat(result.toString()).contains(owners));
        }
    }

    @Test
    void anIdempotencyKeyUsedAtTheSameMomentIsOneDeploy() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            String app = Sample.name();
            Intent once = Intent.of("caller").once("key " + app);
            NewRevision revision = Sample.changed(app, "once");
            Callable<ChangeResult> first = () -> one.apps().commit(revision, once);
            Callable<ChangeResult> second = () -> two.apps().commit(revision, once);
            assertThat(atOnce(List.of(first, second, first)))
                    .extracting(result -> ((ChangeResult.Done) result).replayed())
                    .containsExactlyInAnyOrder(false, true, true);
            assertThat(one.apps().revisions(app)).hasSize(1);
        }
    }

    @Test
    void whateverMeetsAnAppStaysWhole() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            String app = Sample.name();
            SplittableRandom random = new SplittableRandom(SEED ^ run);
            one.apps().commit(Sample.revision(app), Sample.ALICE);
            List<Callable<ChangeResult>> changes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                changes.add(anyChange(app, i, random));
            }
            atOnce(changes);
            one.apps().find(app).ifPresent(InterleavingsTest::assertWhole);
        }
    }

    private static void assertOneWins(int run, List<ChangeResult> results) {
        assertThat(results)
                .as("run %s", run)
                .filteredOn(ChangeResult.Done.class::isInstance)
                .hasSize(1);
    }

    private static Callable<ChangeResult> anyChange(String app, int i, SplittableRandom random) {
        Apps apps = side(random.nextInt(2)).apps();
        return switch (random.nextInt(6)) {
            case 0 -> () -> apps.rollback(app, Sample.ALICE);
            case 1 -> () -> apps.activate(app, 1, Sample.ALICE);
            case 2 -> () -> apps.split(app, Map.of(1, 30, 2, 70), Sample.ALICE);
            case 3 -> () -> apps.delete(app, Sample.ALICE);
            case 4 -> () -> apps.commit(Sample.changed(app, "canary " + i, 10), Sample.ALICE);
            default -> () -> apps.commit(Sample.changed(app, "change " + i), Sample.ALICE);
        };
    }

    private static void assertWhole(AppState state) {
        assertThat(state.traffic()).isNotEmpty().containsKey(state.live());
        assertThat(state.traffic().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(100);
        OptionalInt most = state.traffic().values().stream().mapToInt(Integer::intValue).max();
        assertThat(state.traffic().get(state.live())).isEqualTo(most.orElseThrow());
        assertThat(one.audit(state.name(), Long.MAX_VALUE, 1).getFirst().number())
                .isEqualTo(state.version());
        assertThat(one.apps().routes())
                .contains(new Route(state.name(), state.name() + ".example", "/...", "*"));
    }

    private static Registry side(int number) {
        return number == 0 ? one : two;
    }

    private static List<ChangeResult> atOnce(List<Callable<ChangeResult>> changes)
            throws Exception {
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
}
