package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads functions and runs them on its own threads: the facade of this module. */
public final class GuestRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuestRuntime.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Loader loader;
    private final Crews crews;
    private final Keeper keeper = new Keeper();
    private final Residence.Household household;
    private final Map<Residence, FunctionPool> open = new ConcurrentHashMap<>();

    /** Beside the first load, which takes longer; no function is opened before it is done. */
    private final CompletableFuture<Void> groundwork =
            CompletableFuture.runAsync(
                    Groundwork::lay,
                    task -> Thread.ofPlatform().daemon().name("mayfly-groundwork").start(task));

    private volatile boolean closed;

    private GuestRuntime(
            RuntimeSettings settings, Loader loader, Crews crews, MemoryBudget.Maker budgets) {
        this.loader = loader;
        this.crews = crews;
        MemoryBudget budget = budgets.make(settings.memoryBudget(), keeper);
        household =
                new Residence.Household(
                        budget, new Commons(budget), keeper, new Wakers(), new Census());
        keeper.start();
    }

    /**
     * Starts the guest threads and the clock.
     *
     * @param log where log lines go
     * @param settings what it may use
     * @return the running runtime
     */
    public static GuestRuntime start(RuntimeSettings settings, LogSink log) {
        return start(settings, log, GuestThread::new, MemoryBudget::new);
    }

    static GuestRuntime start(
            RuntimeSettings settings,
            LogSink log,
            Crews.Recruiter recruiter,
            MemoryBudget.Maker budgets) {
        return new GuestRuntime(
                settings,
                new Loader(settings, log),
                new Crews(
                        settings.guestThreads(),
                        settings.maxBlocked(),
                        settings.linger(),
                        recruiter),
                budgets);
    }

    /**
     * Compiles, initialises, probes and freezes a module. Takes from milliseconds to many seconds;
     * blocks.
     *
     * @param request what to load
     * @return the function, or why there is none
     */
    public LoadResult load(LoadRequest request) {
        Limits limits = request.spec().limits();
        if (limits.stackBytes() > Crews.LARGEST_STACK) {
            return refused(
                    "a stack of "
                            + limits.stackBytes()
                            + " bytes is more than any guest gets; set limits.stack to "
                            + (Crews.LARGEST_STACK >> 20)
                            + "MiB or less");
        }
        return switch (loader.load(request)) {
            case Loading.Refused(List<String> problems) -> new LoadResult.Unloadable(problems);
            case Loading.Ready(FrozenFunction frozen, List<String> warnings) ->
                    opened(request, frozen, warnings);
        };
    }

    private LoadResult opened(LoadRequest request, FrozenFunction frozen, List<String> warnings) {
        if (closed) {
            return refused("the server is stopping");
        }
        Optional<FunctionPool> pool;
        try {
            var depot = new Depot(loader, request, frozen);
            pool = open(request.id(), frozen, request.spec(), depot);
        } catch (OutOfMemoryError e) {
            LOG.error("{}: no memory for its guest threads", request.id(), e);
            return refused("the system has no room for more threads; set another limits.stack");
        }
        if (pool.isEmpty()) {
            return refused(
                    "its snapshot of "
                            + frozen.snapshot().bytes()
                            + " bytes and its ready sandboxes (pool.min_ready) are more than is"
                            + " left of the memory budget of "
                            + household.budget().bytes()
                            + "; raise memory.budget");
        }
        List<String> all = new ArrayList<>(warnings);
        idleWish(request.spec().pool(), pool.get().terms()).ifPresent(all::add);
        return new LoadResult.Loaded(pool.get(), frozen.report(), List.copyOf(all));
    }

    /** More ready sandboxes than run at once would never be used, and are not made. */
    private static Optional<String> idleWish(FunctionSpec.Pool wanted, Terms terms) {
        return wanted.minReady() <= terms.concurrency()
                ? Optional.empty()
                : Optional.of(
                        "pool.min_ready is "
                                + wanted.minReady()
                                + ", but no more than "
                                + terms.concurrency()
                                + " of its runs are made at once, so that many sandboxes are kept"
                                + " ready; lower it, or raise limits.concurrency");
    }

    /**
     * Tells what a module is made of, whether or not it can be loaded. Runs what a load would run;
     * blocks as long.
     *
     * @param request what to look at
     * @return the report, and what keeps it from being loaded
     */
    public ModuleInspection inspect(LoadRequest request) {
        return loader.inspect(request);
    }

    private static LoadResult refused(String problem) {
        return new LoadResult.Unloadable(List.of(problem));
    }

    /** Opens a function that is frozen already; empty when memory is short. */
    Optional<FunctionPool> open(
            FunctionId id, FrozenFunction frozen, FunctionSpec spec, Waking waking) {
        groundwork.join();
        Crew crew = crews.forStack(spec.limits().stackBytes());
        Terms terms = Terms.of(spec.limits(), crew);
        var keep = Residence.Keep.of(spec.pool(), terms.concurrency());
        var residence = new Residence(id, crew, terms, keep, waking, household);
        if (!residence.moveIn(frozen)) {
            return Optional.empty();
        }
        var pool = new FunctionPool(frozen, residence, freed -> open.remove(freed.residence()));
        open.put(residence, pool);
        if (closed) {
            pool.shut();
        }
        return Optional.of(pool);
    }

    /** {@return what it holds and did so far} */
    public RuntimeStats stats() {
        List<RuntimeStats.Awake> awake =
                household.census().awake().stream()
                        .map(open::get)
                        .filter(Objects::nonNull)
                        .map(pool -> new RuntimeStats.Awake(pool, pool.stats()))
                        .toList();
        return new RuntimeStats(
                keeper.tiers(open.size()),
                crews.activity(),
                memory(),
                loader.cache(),
                total(),
                awake);
    }

    private RuntimeStats.Memory memory() {
        MemoryBudget budget = household.budget();
        long images = household.commons().images();
        long classes = household.commons().classes();
        long sandboxes = Math.max(0, budget.used() - images - classes);
        return new RuntimeStats.Memory(sandboxes, images, classes, budget.bytes());
    }

    /** Also of functions that did nothing yet: their sandboxes are there, and runs may wait. */
    private PoolStats total() {
        Presence now = Presence.NONE;
        for (Residence each : keeper.stirring()) {
            now = now.plus(each.presence());
        }
        return Cells.stats(now.tier(), now, household.census().read());
    }

    MemoryBudget budget() {
        return household.budget();
    }

    Keeper keeper() {
        return keeper;
    }

    /**
     * Wakes a guest thread if there is work and one sleeps. Any thread, never blocks, cheap when
     * there is none.
     */
    public void wake() {
        crews.wake();
    }

    /** Ends what runs and stops the threads. */
    @Override
    public void close() {
        closed = true;
        household.wakers().close();
        open.values().forEach(FunctionPool::shut);
        try {
            if (!crews.close(CLOSE_LIMIT)) {
                LOG.warn("guests still run {} after they were cancelled", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.close();
    }
}
