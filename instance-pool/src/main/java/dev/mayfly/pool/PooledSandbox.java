package dev.mayfly.pool;

/**
 * A sandbox and what it holds of the memory budget. Belongs to whoever leased it.
 *
 * <p>Linear memory counts when it grows, before the array is made; what else a run makes larger, at
 * the reset after it.
 */
final class PooledSandbox implements Allowance {
    private final Sandbox sandbox;
    private final MemoryBudget budget;
    private final Tally tally;
    private long reserved;

    /** Takes over {@code reserved} bytes of {@code budget} for a sandbox just made. */
    PooledSandbox(Sandbox sandbox, MemoryBudget budget, long reserved, Tally tally) {
        this.sandbox = sandbox;
        this.budget = budget;
        this.reserved = reserved;
        this.tally = tally;
        sandbox.allow(this);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Where its runs are counted; for whoever leased it. */
    Tally tally() {
        return tally;
    }

    /**
     * Reserves for a guest that grows its memory, which may be at the end of its stack. So the same
     * calls are made with nothing first: if they overflow, nothing has happened yet.
     */
    @Override
    public boolean take(long bytes) {
        if (!budget.reserve(0) || !budget.reserve(bytes)) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    /** Makes it equal its snapshot again; false when that, or the room it takes now, fails. */
    boolean reset() {
        return sandbox.reset() && settle();
    }

    /** Reserves what the sandbox takes now; false, and changes nothing, when that is too much. */
    boolean settle() {
        long more = sandbox.bytes() - reserved;
        if (more > 0 && !budget.reserve(more)) {
            return false;
        }
        if (more < 0) {
            budget.release(-more);
        }
        reserved += more;
        return true;
    }

    /** Gives the memory back; the sandbox is not used again. */
    void free() {
        budget.release(reserved);
        reserved = 0;
    }
}
