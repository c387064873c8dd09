package dev.mayfly.pool;

/** A call that is made for what it does inside: nobody hears what it says, or how it ends. */
interface Unheard extends Invocation {
    @Override
    default void write(byte[] from, int offset, int length) {}

    @Override
    default void logLine(String line) {}

    @Override
    default void tick(long nanoTime) {}

    @Override
    default void finished(Outcome outcome, Evidence evidence) {}
}
