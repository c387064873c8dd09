package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final MemoryBudget budget;
    private final Set<FunctionPool> open = ConcurrentHashMap.newKeySet();

    /** Beside the first load, which takes longer; no function is opened before it is done. */
    private final CompletableFuture<Void> groundwork =
            CompletableFuture.runAsync(
                    Groundwork::lay,
                    task -> Thread.ofPlatform().daemon().name("mayfly-groundwork").start(task));

    private volatile boolean closed;

    private GuestRuntime(RuntimeSettings settings, Loader loader, Crews crews) {
        this.loader = loader;
        this.crews = crews;
        budget = new MemoryBudget(settings.memoryBudget());
    }

    /**
     * Starts the guest threads and the clock.
     *
     * @param log where log lines go
     * @param settings what it may use
     * @return the running runtime
     */
    public static GuestRuntime start(RuntimeSettings settings, LogSink log) {
        return start(settings, log, GuestThread::new);
    }

    static GuestRuntime start(RuntimeSettings settings, LogSink log, Crews.Recruiter recruiter) {
        return new GuestRuntime(
                settings,
                new Loader(settings.cacheFolder(), settings.cacheBytes(), log),
                new Crews(settings.guestThreads(), settings.maxBlocked(), recruiter));
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
                    opened(request.id(), frozen, limits, warnings);
        };
    }

    private LoadResult opened(
            FunctionId id, FrozenFunction frozen, Limits limits, List<String> warnings) {
        if (closed) {
            return refused("the server is stopping");
        }
        Optional<FunctionPool> pool;
        try {
            pool = open(id, frozen, limits);
        } catch (OutOfMemoryError e) {
            LOG.error("{}: no memory for its guest threads", id, e);
            return refused("the system has no room for more threads; set another limits.stack");
        }
        if (pool.isEmpty()) {
            return refused(
                    "the snapshot takes "
                            + frozen.snapshot().bytes()
                            + " bytes, more than is left of the memory budget of "
                            + budget.bytes()
                            + "; raise memory.budget");
        }
        return new LoadResult.Loaded(pool.get(), warnings);
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

    /** Opens a function that is frozen already; empty when its image does not fit the budget. */
    Optional<FunctionPool> open(FunctionId id, FrozenFunction frozen, Limits limits) {
        groundwork.join();
        Crew crew = crews.forStack(limits.stackBytes());
        Terms terms = Terms.of(limits, crew);
        var pool = new FunctionPool(id, frozen, terms, crew, budget, this::freed);
        if (!budget.reserve(pool.imageBytes())) {
            return Optional.empty();
        }
        open.add(pool);
        if (closed) {
            pool.shut();
        }
        return Optional.of(pool);
    }

    MemoryBudget budget() {
        return budget;
    }

    private void freed(FunctionPool pool) {
        if (open.remove(pool)) {
            budget.release(pool.imageBytes());
        }
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
        open.forEach(FunctionPool::shut);
        try {
            if (!crews.close(CLOSE_LIMIT)) {
                LOG.warn("guests still run {} after they were cancelled", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
