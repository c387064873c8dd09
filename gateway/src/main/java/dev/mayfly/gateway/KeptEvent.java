package dev.mayfly.gateway;

import dev.mayfly.kafka.EventAttempt;
import dev.mayfly.kafka.EventRecord;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.FunctionId;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A run for a record that is over, as it is remembered; what others see of it is made when they
 * look.
 *
 * @param attempt the run
 * @param endedMillis when it was over, since 1970
 */
record KeptEvent(EventAttempt attempt, long endedMillis) {
    private static final String METHOD = "EVENT";
    private static final int NO_STATUS = 0;

    Activation activation() {
        EventRecord record = attempt.record();
        FunctionId function = attempt.function();
        Evidence used = attempt.evidence();
        long nanos = used.queuedNanos() + used.guestNanos();
        return new Activation(
                record.requestId(),
                Instant.ofEpochMilli(endedMillis - TimeUnit.NANOSECONDS.toMillis(nanos)),
                new Activation.Place(function.app(), function.revision(), function.function(), ""),
                METHOD,
                record.place(),
                NO_STATUS,
                PastRequest.end(attempt.outcome()),
                Activation.Spent.of(nanos, used),
                record.trace().traceId(),
                false);
    }
}
