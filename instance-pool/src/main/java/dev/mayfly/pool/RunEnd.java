package dev.mayfly.pool;

/** How runs that began are told apart when they are counted. */
public enum RunEnd {
    /** Exit code 0. */
    SUCCEEDED,
    /** Another exit code. */
    FAILED,
    /** {@link Outcome.Trapped}. */
    TRAPPED,
    /** {@link Outcome.DeadlineExceeded}. */
    DEADLINE,
    /** {@link Outcome.CpuExceeded}. */
    CPU,
    /** {@link Outcome.Cancelled}. */
    CANCELLED,
    /** {@link Outcome.OutputExceeded}. */
    OUTPUT_EXCEEDED,
    /** {@link Outcome.Broken}. */
    BROKEN;

    /**
     * {@return what an outcome counts as}
     *
     * @param outcome of a run that began
     * @throws IllegalArgumentException for one that was refused
     */
    public static RunEnd of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited(int code) -> code == 0 ? SUCCEEDED : FAILED;
            case Outcome.Trapped _ -> TRAPPED;
            case Outcome.DeadlineExceeded _ -> DEADLINE;
            case Outcome.CpuExceeded _ -> CPU;
            case Outcome.Cancelled _ -> CANCELLED;
            case Outcome.OutputExceeded _ -> OUTPUT_EXCEEDED;
            case Outcome.Broken _ -> BROKEN;
            case Outcome.Refused(Outcome.Refused.Cause cause, _) ->
                    throw new IllegalArgumentException("outcome: refused, " + cause);
        };
    }
}
