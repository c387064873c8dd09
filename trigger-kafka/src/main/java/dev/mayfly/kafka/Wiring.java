package dev.mayfly.kafka;

/**
 * What all parts of a subscription's loop share.
 *
 * @param name of the subscription, for log lines
 * @param settings the trigger's
 * @param log where log lines of records go
 * @param watch is told what becomes of records
 * @param wake wakes a guest thread, after submissions
 * @param inbox the loop's
 * @param timers the loop's
 * @param tally the subscription's counters
 * @param backoff pauses before another attempt
 */
record Wiring(
        String name,
        KafkaSettings settings,
        EventLog log,
        EventWatch watch,
        Runnable wake,
        Inbox inbox,
        Timers timers,
        Tally tally,
        Backoff backoff) {}
