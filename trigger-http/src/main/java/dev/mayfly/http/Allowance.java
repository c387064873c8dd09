package dev.mayfly.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How a rate limit counts (the generic cell rate algorithm). A caller's whole standing is one
 * number: when it will owe nothing again.
 *
 * <pre>
 *   4 requests per 4 s                    ▼ whole again
 *   ──┬────────┬────────┬────────┬────────┬──────► time
 *    now          each request adds 1 s; one that would make it more than 4 s is refused
 * </pre>
 *
 * So {@code requests} may come at once, and one more each time their share of the time has passed.
 * A caller who sent nothing for the whole time owes nothing and need not be remembered.
 */
final class Allowance {
    private final int requests;
    private final long intervalNanos;

    Allowance(int requests, long perNanos) {
        this.requests = requests;
        // Rounded up: never more than was allowed.
        intervalNanos = Math.ceilDiv(perNanos, (long) requests);
    }

    /**
     * What came of a request.
     *
     * @param passed whether it may go on
     * @param remaining how many more may come now
     * @param waitNanos until there is one more
     */
    record Verdict(boolean passed, int remaining, long waitNanos) {}

    /** Counts a request of the caller that is {@code whole} again at that time. */
    Verdict take(AtomicLong whole, long now) {
        for (; ; ) {
            long seen = whole.get();
            long owed = Math.max(0, seen - now);
            if (owed > intervalNanos * (requests - 1)) {
                return verdict(false, owed);
            }
            if (whole.compareAndSet(seen, now + owed + intervalNanos)) {
                return verdict(true, owed + intervalNanos);
            }
        }
    }

    private Verdict verdict(boolean passed, long owed) {
        int remaining = requests - (int) Math.ceilDiv(owed, intervalNanos);
        long wait = owed - intervalNanos * (requests - remaining - 1);
        return new Verdict(passed, Math.max(0, remaining), wait);
    }
}
