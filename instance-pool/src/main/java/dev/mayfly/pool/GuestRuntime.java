package dev.mayfly.pool;

/** Loads functions and runs them on its own threads: the facade of this module. */
public final class GuestRuntime implements AutoCloseable {
    private GuestRuntime() {}

    /**
     * Starts the guest threads and the clock.
     *
     * @param log where log lines go
     * @param settings what it may use
     * @return the running runtime
     */
    public static GuestRuntime start(RuntimeSettings settings, LogSink log) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Compiles, initialises, probes and freezes a module. Takes from milliseconds to many seconds;
     * blocks.
     *
     * @param request what to load
     * @return the function, or why there is none
     */
    public LoadResult load(LoadRequest request) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Wakes a guest thread if there is work and one sleeps. Any thread, never blocks, cheap when
     * there is none.
     */
    public void wake() {}

    /** Ends what runs and stops the threads. */
    @Override
    public void close() {}
}
