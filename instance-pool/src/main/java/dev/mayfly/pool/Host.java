package dev.mayfly.pool;

import org.jspecify.annotations.Nullable;

/** What the host functions of one sandbox share: its memory, its counters and the run of now. */
final class Host {
    private final Leave leave = new Leave();
    private @Nullable FlatMemory memory;
    private @Nullable Invocation invocation;

    /** Imports called since the run began. */
    int calls;

    int environmentCalls;
    int argumentCalls;
    int inputCalls;
    int clockCalls;
    int randomCalls;

    /** Set once, between the making of the imports and the first call. */
    void attach(FlatMemory guestMemory) {
        memory = guestMemory;
    }

    FlatMemory memory() {
        if (memory == null) {
            throw new IllegalStateException("a host call before the memory is attached");
        }
        return memory;
    }

    void begin(Invocation next) {
        invocation = next;
        calls = 0;
    }

    void end() {
        invocation = null;
    }

    Invocation invocation() {
        if (invocation == null) {
            throw new IllegalStateException("a host call outside of a run");
        }
        return invocation;
    }

    /** To be thrown. */
    Leave leave(Ending ending) {
        return leave.with(ending);
    }

    Observations observations() {
        return new Observations(
                environmentCalls, argumentCalls, inputCalls, clockCalls, randomCalls);
    }
}
