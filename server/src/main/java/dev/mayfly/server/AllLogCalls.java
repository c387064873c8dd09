package dev.mayfly.server;

import dev.mayfly.server.Parameter.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What functions logged on all gateways. Whoever waits is answered in rounds: in each, this gateway
 * and the others wait for a line at most {@link #ROUND}. So a wait that is given up costs another
 * gateway no more than that.
 */
final class AllLogCalls {
    private static final Duration ROUND = Duration.ofMillis(500);

    private final LogRound.Readers readers;
    private final WaitingPlaces places = new WaitingPlaces(ApiLimits.MOST_FOLLOWING);

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
                                LogCalls.SINCE,
                                LogCalls.FUNCTION,
                                LogCalls.REQUEST_ID,
                                new Parameter(
                                        "after",
                                        Form.CURSOR,
                                        "Go on where next of an answer says."),
                                new Parameter(
                                        "limit",
                                        Form.NUMBER,
                                        "At most so many lines of each gateway: 500, which is the most."),
                                LogCalls.WAIT)
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
        return places.within(() -> Answer.ok(rounds(call, cursor.get())));
    }

    private View.AllLogs rounds(Call call, LogCursor cursor) throws InterruptedException {
        Instant end = Instant.now().plus(LogCalls.patience(call.query()));
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
