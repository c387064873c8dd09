package dev.mayfly.pool;

/** What a memory asks before it grows. */
@FunctionalInterface
interface Allowance {
    /** Grows as its own limit allows: nobody counts. */
    Allowance ANY = _ -> true;

    /** Whether the heap may hold {@code bytes} more; on the guest's thread, within its call. */
    boolean take(long bytes);
}
