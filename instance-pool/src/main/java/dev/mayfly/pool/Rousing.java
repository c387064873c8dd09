package dev.mayfly.pool;

import org.jspecify.annotations.Nullable;

/** Brings a sleeping function back for its next run. */
interface Rousing {
    /** The first run came; on its sender's thread, which has all turns. */
    void roused();

    /** The last wake-up's failure; null when it did not fail. Any thread, never blocks. */
    @Nullable Setback setback();
}
