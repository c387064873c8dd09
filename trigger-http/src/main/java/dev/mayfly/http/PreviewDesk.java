package dev.mayfly.http;

import dev.mayfly.http.Admission.Preview;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests that want to see a revision which need not be served. To make one ready may take
 * long, so the request is held, its body unread; so many are at once, the others are sent away.
 *
 * <p>Whoever may not see a revision learns no more than who asks for one that never was.
 */
final class PreviewDesk {
    /** Most requests that wait for their revision. */
    static final int MOST_PENDING = 64;

    /** Longest wait of one. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PreviewDesk.class);

    private final RevisionFinder finder;
    private final Answers answers;
    private final Duration longestWait;
    private final Served served;
    private final AtomicInteger pending = new AtomicInteger();

    /** Answers a request by the routes of a revision. */
    @FunctionalInterface
    interface Served {
        void serve(Exchange exchange, RequestView request, RouteTable table);
    }

    PreviewDesk(RevisionFinder finder, Answers answers, Duration longestWait, Served served) {
        this.finder = finder;
        this.answers = answers;
        this.longestWait = longestWait;
        this.served = served;
    }

    /** On the request's event loop; {@code live} is the table of this moment. */
    void take(Exchange exchange, Preview wish, Router live) {
        RequestView request = wish.request();
        Optional<String> app = wish.app().or(() -> appOf(request, live));
        Optional<String> token = token(request);
        if (app.isEmpty()) {
            nothing(exchange, request);
        } else if (wish.app().isEmpty() && token.isEmpty()) {
            refuse(exchange, request, 403, "X-Mayfly-Revision needs X-Mayfly-Token beside it");
        } else {
            hold(
                    exchange,
                    request,
                    new RevisionWish(app.get(), wish.revision(), token, wish.app().isPresent()));
        }
    }

    private static Optional<String> appOf(RequestView request, Router live) {
        Route route = live.match(request);
        return route == null || route.hidesFrom(request)
                ? Optional.empty()
                : Optional.of(route.note().app());
    }

    private static Optional<String> token(RequestView request) {
        return Optional.ofNullable(request.head().headers().first("x-mayfly-token"))
                .map(CharSequence::toString);
    }

    private void hold(Exchange exchange, RequestView request, RevisionWish wish) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            pending.decrementAndGet();
            busy(exchange, request, "too many previews are being made ready");
            return;
        }
        CompletableFuture<Optional<RouteTable>> found =
                find(wish).whenComplete((table, failure) -> pending.decrementAndGet());
        exchange.hold(found, () -> answer(exchange, request, wish, found));
    }

    private CompletableFuture<Optional<RouteTable>> find(RevisionWish wish) {
        try {
            return finder.find(wish)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answer(
            Exchange exchange,
            RequestView request,
            RevisionWish wish,
            CompletableFuture<Optional<RouteTable>> found) {
        if (found.isCompletedExceptionally()) {
            LOG.warn(
                    "request {}: no preview of {} {}: {}",
                    request.id(),
                    wish.app(),
                    wish.revision(),
                    found.exceptionNow().toString());
            busy(exchange, request, "the preview could not be made ready");
            return;
        }
        Optional<RouteTable> table = found.resultNow();
        if (table.isPresent()) {
            served.serve(exchange, request, table.get());
        } else {
            nothing(exchange, request);
        }
    }

    private void nothing(Exchange exchange, RequestView request) {
        refuse(exchange, request, 404, "nothing is served here");
    }

    private void busy(Exchange exchange, RequestView request, String detail) {
        answers.problem(exchange, request.id(), 503, detail, answers.field("retry-after", "1"));
    }

    private void refuse(Exchange exchange, RequestView request, int status, String detail) {
        answers.problem(exchange, request.id(), status, detail);
    }
}
