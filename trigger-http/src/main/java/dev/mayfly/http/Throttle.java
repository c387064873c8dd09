package dev.mayfly.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.http.Allowance.Verdict;
import dev.mayfly.http.ResponseHead.Field;
import dev.mayfly.manifest.HttpRoute.RateLimit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The rate limit of one route, and the callers it knows.
 *
 * <p><b>More callers than it remembers.</b> Those seen least often are forgotten first, and a
 * forgotten caller begins anew. So a flood of made-up callers costs a bounded memory and takes
 * nothing from those who come regularly; it is not stopped here (each of those callers is within
 * its limit) but by the function's concurrency and queue.
 *
 * <p>Any thread; the only lock is the cache's own, of this route.
 */
final class Throttle {
    private static final String HEADER = "header:";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateLimit limit;
    private final Optional<String> field;
    private final LongSupplier clock;
    private final Allowance allowance;
    private final Cache<Caller, AtomicLong> callers;
    private final String policy;
    private final LongAdder passed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** {@code clock} as {@link System#nanoTime()}. */
    Throttle(RateLimit limit, int mostCallers, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
        field =
                limit.by().startsWith(HEADER)
                        ? Optional.of(limit.by().substring(HEADER.length()))
                        : Optional.empty();
        allowance = new Allowance(limit.requests(), limit.per().toNanos());
        callers =
                Caffeine.newBuilder()
                        .maximumSize(mostCallers)
                        .expireAfterAccess(limit.per())
                        .ticker(clock::getAsLong)
                        .executor(Runnable::run) // what it has to tidy is little, and ours
                        .build();
        policy = "\"route\";q=" + limit.requests() + ";w=" + seconds(limit.per().toNanos());
    }

    /** Counts a request. */
    Verdict take(RequestView request) {
        Caller caller =
                field.isEmpty() ? Caller.byAddress(request) : Caller.byField(request, field.get());
        long now = clock.getAsLong();
        Verdict verdict = allowance.take(callers.get(caller, _ -> new AtomicLong(now)), now);
        (verdict.passed() ? passed : refused).increment();
        return verdict;
    }

    /**
     * {@return what every answer of the route says of the limit}
     * (draft-ietf-httpapi-ratelimit-headers)
     */
    List<Field> fields(Verdict verdict, Answers answers) {
        String standing =
                "\"route\";r=" + verdict.remaining() + ";t=" + seconds(verdict.waitNanos());
        return List.of(
                answers.field("ratelimit-policy", policy), answers.field("ratelimit", standing));
    }

    /** {@return in whole seconds, rounded up: to come that late is never too early} */
    static long seconds(long nanos) {
        return Math.ceilDiv(nanos, SECOND);
    }

    RateLimitStats stats(String app, String route) {
        return new RateLimitStats(
                app, route, limit, passed.sum(), refused.sum(), callers.estimatedSize());
    }
}
