package dev.mayfly.kafka;

import org.jspecify.annotations.Nullable;

/** Something that a subscription's loop is told by another thread, once. */
abstract class Note {
    /** The note put before this one; the {@link Inbox}'s. */
    @Nullable Note before;

    /** How many notes lie there with this one on top; the {@link Inbox}'s. */
    int depth;

    /** The loop has it in its hands; on the loop's thread. */
    abstract void arrived();
}
