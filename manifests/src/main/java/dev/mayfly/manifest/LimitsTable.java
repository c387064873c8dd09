package dev.mayfly.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The tables {@code limits} and {@code pool} of a function. */
final class LimitsTable {
    static final int PAGE_BYTES = 1 << 16;

    private static final Text<Long> MEMORY_SIZE =
            Quantities.sizeWithin(
                    PAGE_BYTES, 1L << 32, "a Wasm memory is one page, 64KiB, to 4GiB");

    /** The stack of a platform thread: above this no machine this runs on gives one. */
    private static final Text<Long> STACK_SIZE =
            Quantities.sizeWithin(1, 1L << 30, "a thread's stack is at most 1GiB");

    static final Key<Long> MEMORY =
            Key.of(
                    "memory",
                    MEMORY_SIZE,
                    "64MiB",
                    "Most linear memory; rounded down to pages of 64 KiB.");
    static final Key<Duration> TIMEOUT =
            Key.of(
                    "timeout",
                    Quantities.DURATION,
                    "5s",
                    "Longest run, from the moment it has a sandbox.");
    static final Key<Duration> QUEUE_TIMEOUT =
            Key.of("queue_timeout", Quantities.DURATION, "10s", "Longest wait; then 503.");
    static final Key<Duration> CPU =
            Key.optional(
                    "cpu", Quantities.DURATION, "Most CPU time of a run; the timeout when absent.");
    static final Key<Integer> CONCURRENCY =
            Key.optional(
                    "concurrency",
                    Whole.POSITIVE,
                    "Runs at once on one gateway; half its guest threads when absent.");
    static final Key<Integer> QUEUE =
            Key.of("queue", Whole.POSITIVE, 200, "Waiting at most; above it 503 at once.");
    static final Key<Long> STACK =
            Key.of("stack", STACK_SIZE, "1MiB", "Stack of the guest's thread.");
    static final Key<Long> REQUEST_BODY =
            Key.of("request_body", Quantities.SIZE, "10MiB", "Largest request body.");
    static final Key<Long> RESPONSE_BODY =
            Key.of("response_body", Quantities.SIZE, "100MiB", "Largest standard output.");
    static final Key<Long> LOG_BYTES =
            Key.of("log_bytes", Quantities.SIZE, "64KiB", "Standard error kept per run.");

    static final Key<FunctionSpec.Limits> LIMITS =
            Key.of(
                    "limits",
                    new Struct<>(
                            "a table of limits",
                            "{ memory = \"64MiB\", timeout = \"5s\" }",
                            List.of(
                                    MEMORY,
                                    TIMEOUT,
                                    QUEUE_TIMEOUT,
                                    CPU,
                                    CONCURRENCY,
                                    QUEUE,
                                    STACK,
                                    REQUEST_BODY,
                                    RESPONSE_BODY,
                                    LOG_BYTES),
                            List.of(),
                            LimitsTable::limits),
                    Map.of(),
                    "What a run may use.");

    static final Key<Duration> IDLE_TIMEOUT =
            Key.of("idle_timeout", Quantities.DURATION, "60s", "How long an idle sandbox is kept.");
    static final Key<Integer> MIN_READY =
            Key.of("min_ready", new Whole(0, Integer.MAX_VALUE), 0, "Sandboxes kept all the same.");

    static final Key<FunctionSpec.Pool> POOL =
            Key.of(
                    "pool",
                    new Struct<>(
                            "a table of the pool",
                            "{ idle_timeout = \"60s\", min_ready = 0 }",
                            List.of(IDLE_TIMEOUT, MIN_READY),
                            List.of(),
                            section ->
                                    new FunctionSpec.Pool(
                                            section.get(IDLE_TIMEOUT), section.get(MIN_READY))),
                    Map.of(),
                    "How sandboxes are kept.");

    private LimitsTable() {}

    private static FunctionSpec.Limits limits(Section section) {
        Duration timeout = section.get(TIMEOUT);
        return new FunctionSpec.Limits(
                (int) (section.get(MEMORY) / PAGE_BYTES),
                timeout,
                section.get(QUEUE_TIMEOUT),
                section.find(CPU).orElse(timeout),
                section.find(CONCURRENCY),
                section.get(QUEUE),
                section.get(STACK),
                section.get(REQUEST_BODY),
                section.get(RESPONSE_BODY),
                section.get(LOG_BYTES));
    }
}
