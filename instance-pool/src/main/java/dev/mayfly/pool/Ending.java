package dev.mayfly.pool;

/** How one call into a sandbox ended, before anyone asked what it was called for. */
sealed interface Ending {
    /** How a run ended that nobody stopped. */
    default Outcome outcome() {
        return switch (this) {
            case Exited(int code) -> code == 0 ? Exited.SUCCEEDED : new Outcome.Exited(code);
            case Trapped(String reason) -> new Outcome.Trapped(reason);
            case OutputExceeded(long limit) -> new Outcome.OutputExceeded(limit);
            case Broken(String reason) -> new Outcome.Broken(reason);
            case Interrupted() -> new Outcome.Broken("interrupted, though nobody asked");
        };
    }

    /** Returned, or {@code proc_exit}. */
    record Exited(int code) implements Ending {
        /** The usual one. */
        static final Exited SUCCESS = new Exited(0);

        private static final Outcome SUCCEEDED = new Outcome.Exited(0);
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
