package dev.mayfly.pool;

/** Brings back what a cold function needs to run. */
@FunctionalInterface
interface Waking {
    /** Blocks from milliseconds to many seconds; on a thread of its own. */
    Loading wake();
}
