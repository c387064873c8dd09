package dev.mayfly.gateway;

import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.RuntimeStats;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Keeps the last minute of the functions that somebody looks at. A look is what measures: while
 * nobody looks nothing is counted, kept or run. All who look share what is kept.
 */
final class Lookout implements FunctionWatch {
    /** Seconds after which a function is forgotten that nobody looked at. */
    private static final int FORGOTTEN = 2 * RunTrack.SECONDS;

    private static final long NANOS = 1_000_000_000;

    private static final Comparator<FunctionNow> BUSIEST =
            Comparator.comparingLong((FunctionNow now) -> now.lately().runs()).reversed();
    private static final Comparator<FunctionId> BY_NAME =
            Comparator.comparing(FunctionId::app)
                    .thenComparing(FunctionId::function)
                    .thenComparingLong(FunctionId::revision);

    private final GuestRuntime guests;
    private final LiveApps live;
    private final LongSupplier clock;

    /** Guarded by this. By name, so that a function that is closed is not held here. */
    private final Map<FunctionId, RunTrack> tracks = new HashMap<>();

    /** {@code clock} tells nanoseconds. */
    Lookout(GuestRuntime guests, LiveApps live, LongSupplier clock) {
        this.guests = guests;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public FunctionsNow look(Predicate<String> apps, int most) {
        List<GuestFunction> served = live.functions(apps);
        Map<GuestFunction, PoolStats> seen = stats(served, most);
        List<FunctionNow> now = tracked(seen, Math.floorDiv(clock.getAsLong(), NANOS));
        List<FunctionNow> shown =
                now.stream()
                        .sorted(BUSIEST.thenComparing(Lookout::id, BY_NAME))
                        .limit(most)
                        .toList();
        return new FunctionsNow(shown, served.size() - shown.size());
    }

    private static FunctionId id(FunctionNow now) {
        return new FunctionId(now.row().app(), now.row().revision(), now.row().function());
    }

    /** Of all that are awake, and of so many of the others as may be wanted. */
    private Map<GuestFunction, PoolStats> stats(List<GuestFunction> served, int most) {
        Map<GuestFunction, PoolStats> awake = new HashMap<>();
        for (RuntimeStats.Awake each : guests.stats().awake()) {
            awake.put(each.function(), each.stats());
        }
        Map<GuestFunction, PoolStats> seen = new LinkedHashMap<>();
        served.stream()
                .filter(awake::containsKey)
                .forEach(function -> seen.put(function, awake.get(function)));
        served.stream()
                .filter(function -> !awake.containsKey(function))
                .sorted(Comparator.comparing(GuestFunction::id, BY_NAME))
                .limit(Math.max(0, most - seen.size()))
                .forEach(function -> seen.put(function, function.stats()));
        return seen;
    }

    private synchronized List<FunctionNow> tracked(
            Map<GuestFunction, PoolStats> seen, long second) {
        tracks.values().removeIf(track -> second - track.last() > FORGOTTEN);
        return seen.entrySet().stream()
                .map(each -> tracked(each.getKey(), each.getValue(), second))
                .toList();
    }

    private FunctionNow tracked(GuestFunction function, PoolStats stats, long second) {
        RunTrack track = tracks.get(function.id());
        if (track == null || !track.continues(second, stats)) {
            track = new RunTrack(second, stats);
            tracks.put(function.id(), track);
        }
        track.look(second, stats);
        return new FunctionNow(
                Reading.row(function, stats), RunTrack.failures(stats), track.lately());
    }
}
