package dev.mayfly.server;

import dev.mayfly.gateway.GuestLogs;
import dev.mayfly.gateway.LogLine;
import dev.mayfly.gateway.LogPage;
import dev.mayfly.gateway.LogQuery;
import dev.mayfly.registry.Change;
import dev.mayfly.registry.Registry;
import dev.mayfly.server.Parameter.Form;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** What functions logged, and what was changed. */
final class LogCalls {
    private static final int LINES = 1000;
    private static final int CHANGES = 100;

    private final Registry registry;
    private final GuestLogs logs;
    private final Self self;

    /** Who follows logs must not keep others from deploying. */
    private final Semaphore places = new Semaphore(ApiLimits.MOST_WAITING);

    LogCalls(AdminParts parts) {
        this.registry = parts.registry();
        this.logs = parts.observed().logs();
        this.self = parts.others().self();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                "/v1/apps/{app}/logs",
                                Access.READ,
                                "What the app's functions logged on this gateway.",
                                this::lines)
                        .with(
                                new Parameter("since", Form.SINCE, "Only from then on."),
                                new Parameter("function", Form.TEXT, "Only this function's."),
                                new Parameter("request_id", Form.TEXT, "Only this request's."),
                                new Parameter(
                                        "after",
                                        Form.NUMBER,
                                        "Go on where next of an answer says."),
                                new Parameter(
                                        "limit",
                                        Form.NUMBER,
                                        "At most so many lines: 1000, up to 10000."),
                                new Parameter(
                                        "wait",
                                        Form.DURATION,
                                        "How long to wait for a line, up to 1m."))
                        .answers(200, View.Logs.class)
                        .refuses(Kind.BUSY),
                Endpoint.get("/v1/audit", Access.READ_OR_ADMIN, "Who changed what.", this::audit)
                        .with(
                                new Parameter("app", Form.APP, "Only what was about this app."),
                                new Parameter(
                                        "before", Form.NUMBER, "Only changes of smaller numbers."),
                                new Parameter(
                                        "limit",
                                        Form.NUMBER,
                                        "At most so many lines: 100, up to 1000."))
                        .answers(200, View.Audit.class));
    }

    private Answer lines(Call call) {
        LogQuery query = query(call);
        if (query.patience().isZero()) {
            return read(query);
        }
        if (!places.tryAcquire()) {
            return Answer.refused(
                    Refusal.of(Kind.BUSY, "as many requests wait for log lines as may")
                            .with("retry-after", "1"));
        }
        try {
            return read(query);
        } finally {
            places.release();
        }
    }

    private Answer read(LogQuery query) {
        try {
            return Answer.ok(view(logs.read(query)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for lines", e);
        }
    }

    private static LogQuery query(Call call) {
        Query query = call.query();
        Duration wait = query.duration("wait");
        return new LogQuery(
                call.app(),
                query.text("function"),
                query.text("request_id"),
                query.since("since"),
                query.number("after", 0),
                query.count("limit", LINES, ApiLimits.MOST_LINES),
                wait.compareTo(ApiLimits.LONGEST_WAIT) > 0 ? ApiLimits.LONGEST_WAIT : wait);
    }

    private View.Logs view(LogPage page) {
        return new View.Logs(
                page.lines().stream().map(LogCalls::line).toList(), page.next(), self.id());
    }

    private static View.Line line(LogLine line) {
        return new View.Line(
                line.at(),
                line.app(),
                line.revision(),
                line.function(),
                line.requestId(),
                line.line());
    }

    private Answer audit(Call call) {
        Query query = call.query();
        return Answer.ok(
                new View.Audit(
                        registry
                                .audit(
                                        query.text("app").orElse(""),
                                        query.number("before", Long.MAX_VALUE),
                                        query.count("limit", CHANGES, ApiLimits.MOST_CHANGES))
                                .stream()
                                .map(LogCalls::change)
                                .toList()));
    }

    private static View.Change change(Change change) {
        Change.Subject subject = change.subject();
        return new View.Change(
                change.number(),
                change.at(),
                change.who(),
                change.action(),
                subject.app(),
                subject.revision(),
                subject.detail());
    }
}
