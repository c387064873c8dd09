package dev.mayfly.pool;

import java.time.Duration;

/** How a run ended. Sealed, so that a new ending breaks every {@code switch} that must know it. */
public sealed interface Outcome {
    /**
     * The guest returned from its entrypoint or called {@code proc_exit}.
     *
     * @param exitCode 0 for success
     */
    record Exited(int exitCode) implements Outcome {}

    /**
     * The guest trapped: unreachable, out of bounds, division by zero, stack exhausted.
     *
     * @param reason for the function's owner, never for the caller
     */
    record Trapped(String reason) implements Outcome {}

    /**
     * A time limit of the run passed.
     *
     * @param limit the limit that passed
     */
    record DeadlineExceeded(Duration limit) implements Outcome {}

    /**
     * The run computed longer than it may, waits not counted.
     *
     * @param limit the CPU time that it may use
     */
    record CpuExceeded(Duration limit) implements Outcome {}

    /** The caller went away, or the function was closed while it ran. */
    record Cancelled() implements Outcome {}

    /**
     * The guest wrote more to standard output than it may.
     *
     * @param limit in bytes
     */
    record OutputExceeded(long limit) implements Outcome {}

    /**
     * The receiver of the output, or the source of the input, refused or broke.
     *
     * @param reason for the function's owner
     */
    record Broken(String reason) implements Outcome {}

    /**
     * The run never began.
     *
     * @param cause why
     * @param retryAfter when another try makes sense
     */
    record Refused(Cause cause, Duration retryAfter) implements Outcome {
        /** Why a run never began. */
        public enum Cause {
            /** As many wait already as may. */
            QUEUE_FULL,
            /** It would have to wait longer than {@code queue_timeout}, or than its caller may. */
            TOO_LONG_A_WAIT,
            /** No sandbox within {@code queue_timeout}. */
            QUEUE_TIMEOUT,
            /** No memory for another sandbox. */
            NO_MEMORY,
            /** The function was cold and cannot be woken for now; the server's log says why. */
            UNAVAILABLE,
            /** The function is closed. */
            CLOSED
        }
    }
}
