package dev.mayfly.registry;

/**
 * The database did not do what was asked, and may do it later: it is gone, full, or did not answer
 * in time. A change that ends so may have happened all the same, when the connection broke while it
 * was being committed: ask again with the same idempotency key.
 */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** No answer, no free connection or no lock within the time of the settings. */
        TOO_SLOW,
        /** No disk, memory or connection slot left on the database's machine. */
        EXHAUSTED,
        /** It refuses this user, this version or this folder: somebody has to look. */
        REFUSED
    }

    private final Reason reason;

    UnavailableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    UnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }
}
