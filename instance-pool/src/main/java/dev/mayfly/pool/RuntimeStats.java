package dev.mayfly.pool;

import java.util.List;
import java.util.Map;

/**
 * A runtime at one moment. To ask costs what is awake, however many functions sleep.
 *
 * @param functions loaded, by tier; every key is there
 * @param threads the guest threads
 * @param memory the memory budget
 * @param cache what is kept on the disk
 * @param total all functions together, those that are closed by now included; its tier is that of
 *     the warmest
 * @param awake the functions that did something since they last slept
 */
public record RuntimeStats(
        Map<Tier, Integer> functions,
        Threads threads,
        Memory memory,
        Cache cache,
        PoolStats total,
        List<Awake> awake) {
    /** Copies the collections in. */
    public RuntimeStats {
        functions = Map.copyOf(functions);
        awake = List.copyOf(awake);
    }

    /**
     * The guest threads.
     *
     * @param busy run a guest
     * @param blocked have a run that waits or computes for long, and are stood in for
     * @param idle wait for work
     */
    public record Threads(int busy, int blocked, int idle) {
        Threads plus(Threads more) {
            return new Threads(busy + more.busy, blocked + more.blocked, idle + more.idle);
        }
    }

    /**
     * The memory budget, in bytes.
     *
     * @param sandboxes taken by sandboxes
     * @param images taken by images of snapshots
     * @param classes taken by compiled modules
     * @param limit all that may be taken
     */
    public record Memory(long sandboxes, long images, long classes, long limit) {}

    /**
     * What is kept on the disk for cold functions and the next start, in bytes.
     *
     * @param used taken by files
     * @param limit all that may be taken
     */
    public record Cache(long used, long limit) {}

    /**
     * A function that is awake.
     *
     * @param function the function
     * @param stats what it did
     */
    public record Awake(GuestFunction function, PoolStats stats) {}
}
