package dev.mayfly.pool;

import java.io.Serial;

/**
 * Carries an ending from inside a host function out through the guest's frames. One per sandbox,
 * made beforehand and without a stack trace: every {@code proc_exit} throws it.
 */
final class Leave extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private transient Ending ending = Ending.Exited.SUCCESS;

    Leave() {
        super(null, null, false, false);
    }

    Leave with(Ending why) {
        ending = why;
        return this;
    }

    Ending ending() {
        return ending;
    }
}
