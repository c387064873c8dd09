package dev.mayfly.pool;

/** How one call into a sandbox ended, before anyone asked what it was called for. */
sealed interface Ending {
    /** Returned, or {@code proc_exit}. */
    record Exited(int code) implements Ending {
        /** The usual one. */
        static final Exited SUCCESS = new Exited(0);
    }

    /** Broke a rule of WebAssembly or ran out of stack or heap; {@code reason} for its owner. */
    record Trapped(String reason) implements Ending {}

    /** The thread's interrupt flag was seen. Whoever set it knows why. */
    record Interrupted() implements Ending {
        static final Interrupted INTERRUPTED = new Interrupted();
    }

    /** Wrote more than {@code limit} bytes to standard output. */
    record OutputExceeded(long limit) implements Ending {}

    /** Input or output broke under it; {@code reason} for its owner. */
    record Broken(String reason) implements Ending {}
}
