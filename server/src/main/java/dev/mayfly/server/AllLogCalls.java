package dev.mayfly.server;

import dev.mayfly.server.Parameter.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What functions logged on all gateways. Whoever waits is answered in rounds: in each, this gateway
 * and the others wait for a line at most {@link #ROUND}. So a wait that is given up costs another
 * gateway no more than that.
 */
final class AllLogCalls {
    private static final Duration ROUND = Duration.ofMillis(500);

    private final LogRound.Readers readers;

    /** Who follows logs must not keep others from deploying. */
    private final Semaphore places = new Semaphore(ApiLimits.MOST_WAITING);

    AllLogCalls(AdminParts parts) {
        this.readers =
                new LogRound.Readers(
                        parts.observed().logs(),
                        parts.standing(),
                        parts.others().self(),
                        parts.others().peers());
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                "/v1/apps/{app}/logs/all",
                                Access.READ,
                                "What the app's functions logged on all gateways.",
                                this::lines)
                        .with(
                                new Parameter("since", Form.SINCE, "Only from then on."),
                                new Parameter("function", Form.TEXT, "Only this function's."),
                                new Parameter("request_id", Form.TEXT, "Only this request's."),
                                new Parameter(
                                        "after",
                                        Form.CURSOR,
                                        "Go on where next of an answer says."),
                                new Parameter(
                                        "limit",
                                        Form.NUMBER,
                                        "At most so many lines of each gateway: 500, which is the most."),
                                new Parameter(
                                        "wait",
                                        Form.DURATION,
                                        "How long to wait for a line, up to 1m."))
                        .answers(200, View.AllLogs.class)
                        .refuses(Kind.BUSY));
    }

    private Answer lines(Call call) {
        Optional<String> after = call.query().text("after");
        Optional<LogCursor> cursor =
                after.map(LogCursor::of).orElse(Optional.of(LogCursor.begin()));
        if (cursor.isEmpty()) {
            return Answer.refused(
                    Refusal.invalid(
                            "after", "expected: next of an answer", "leave it out to begin"));
        }
        if (!places.tryAcquire()) {
            return Answer.refused(
                    Refusal.of(Kind.BUSY, "as many requests wait for log lines as may")
                            .with("retry-after", "1"));
        }
        try {
            return Answer.ok(rounds(call, cursor.get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for lines", e);
        } finally {
            places.release();
        }
    }

    private View.AllLogs rounds(Call call, LogCursor cursor) throws InterruptedException {
        Duration wait = call.query().duration("wait");
        Duration most = wait.compareTo(ApiLimits.LONGEST_WAIT) > 0 ? ApiLimits.LONGEST_WAIT : wait;
        Instant end = Instant.now().plus(most);
        LogCursor at = cursor;
        while (true) {
            Duration left = Duration.between(Instant.now(), end);
            Duration patience = left.compareTo(ROUND) < 0 ? left : ROUND;
            LogRound round = new LogRound(readers, call, at);
            round.ask(patience.isNegative() ? Duration.ZERO : patience);
            if (round.hasNews() || round.isOver() || left.compareTo(ROUND) <= 0) {
                return round.view();
            }
            at = round.next();
        }
    }
}
