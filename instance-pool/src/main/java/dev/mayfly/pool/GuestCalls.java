package dev.mayfly.pool;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls into sandboxes during a load as a request would: on a thread with the function's stack and
 * within its timeout.
 *
 * @param id the function
 * @param timeout longest call
 * @param stackBytes stack of the thread
 */
record GuestCalls(FunctionId id, Duration timeout, long stackBytes) {
    private static final Logger LOG = LoggerFactory.getLogger(GuestCalls.class);

    /** Calls {@code function} and waits for its end; a sandbox that overran is lost. */
    Outcome call(Sandbox sandbox, int function, Invocation invocation) throws InterruptedException {
        try {
            return outcome(
                    LoadThread.run(
                            id, timeout, stackBytes, () -> sandbox.call(function, invocation)));
        } catch (TimeoutException e) {
            return new Outcome.DeadlineExceeded(timeout);
        } catch (ExecutionException e) {
            LOG.error("{}: a sandbox threw what it must answer", id, e.getCause());
            return new Outcome.Broken("the server is at fault, and its log says more");
        }
    }

    private Outcome outcome(Ending ending) {
        return switch (ending) {
            case Ending.Exited(int code) -> new Outcome.Exited(code);
            case Ending.Trapped(String reason) -> new Outcome.Trapped(reason);
            case Ending.Interrupted _ -> new Outcome.DeadlineExceeded(timeout);
            case Ending.OutputExceeded(long limit) -> new Outcome.OutputExceeded(limit);
            case Ending.Broken(String reason) -> new Outcome.Broken(reason);
        };
    }

    /** How a call ended, for a sentence that begins with what was called. */
    static String told(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited(int code) -> "ended with exit code " + code;
            case Outcome.Trapped(String reason) -> "trapped: " + reason;
            case Outcome.DeadlineExceeded(Duration limit) ->
                    "did not end within limits.timeout, " + limit.toMillis() + " ms";
            case Outcome.CpuExceeded(Duration limit) ->
                    "computed longer than limits.cpu, " + limit.toMillis() + " ms";
            case Outcome.OutputExceeded(long limit) ->
                    "wrote more than limits.response_body, " + limit + " bytes";
            case Outcome.Broken(String reason) -> "broke off: " + reason;
            case Outcome.Cancelled _ -> "was cancelled";
            case Outcome.Refused(var cause, _) -> "was refused: " + cause;
        };
    }
}
