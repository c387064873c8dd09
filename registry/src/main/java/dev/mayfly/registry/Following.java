package dev.mayfly.registry;

/** A watcher's place; close it to be told no more. */
public interface Following extends AutoCloseable {
    /** {@return the number of the last change that was told} */
    long number();

    /** Ends it; returns when no call to the watcher is under way any more. Not from the watcher. */
    @Override
    void close();
}
