package dev.mayfly.registry;

/** Something that one process at a time does, of all that share the database. */
public interface Lease extends AutoCloseable {
    /**
     * {@return whether it is still held: asks the database, which takes it back with the
     * connection}
     */
    boolean isHeld();

    /** Gives it back. */
    @Override
    void close();
}
