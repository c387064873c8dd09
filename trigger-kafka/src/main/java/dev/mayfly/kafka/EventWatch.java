package dev.mayfly.kafka;

/** Is told what becomes of records, on the threads of subscriptions; must not block. */
public interface EventWatch {
    /** Wants to know nothing, and leaves to others whether traces are recorded. */
    EventWatch NONE =
            new EventWatch() {
                @Override
                public boolean samples(long low) {
                    return true;
                }

                @Override
                public boolean traces() {
                    return false;
                }

                @Override
                public void ran(EventAttempt attempt) {}

                @Override
                public void over(EventHistory history) {}
            };

    /**
     * {@return whether a trace that begins here is recorded}
     *
     * @param low the second half of its id, random
     */
    boolean samples(long low);

    /** {@return whether histories are wanted, of records whose trace is recorded} */
    boolean traces();

    /**
     * A run is over.
     *
     * @param attempt the run
     */
    void ran(EventAttempt attempt);

    /**
     * A record is over whose trace is recorded; only if {@link #traces}.
     *
     * @param history the record and its attempts
     */
    void over(EventHistory history);
}
