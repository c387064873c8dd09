package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A thread that interrupts another after a time, unless it is told in time to leave it. */
final class Interrupter implements AutoCloseable {
    private enum State {
        IDLE,
        AIMING,
        FIRING,
        FIRED
    }

    private final Thread target = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final Thread thread = new Thread(this::serve, "interrupter");
    private volatile long due;
    private volatile boolean closed;

    Interrupter() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Interrupts the thread that made this in {@code nanos}. */
    void aim(long nanos) {
        due = System.nanoTime() + nanos;
        state.set(State.AIMING);
        LockSupport.unpark(thread);
    }

    /** From here on there is no interrupt on its way, and the flag is clear. */
    void disarm() {
        if (!state.compareAndSet(State.AIMING, State.IDLE)) {
            while (state.get() != State.FIRED) {
                Thread.onSpinWait();
            }
            state.set(State.IDLE);
            Thread.interrupted();
        }
    }

    private void serve() {
        while (!closed) {
            if (state.get() != State.AIMING) {
                LockSupport.park(this);
            } else if (System.nanoTime() - due >= 0
                    && state.compareAndSet(State.AIMING, State.FIRING)) {
                target.interrupt();
                state.set(State.FIRED);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
