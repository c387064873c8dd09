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

/** What functions logged, and what was changed. */
final class LogCalls {
    private static final int LINES = 1000;
    private static final int CHANGES = 100;

    // What is asked of the lines of one gateway, and of all.
    static final Parameter SINCE = new Parameter("since", Form.SINCE, "Only from then on.");
    static final Parameter FUNCTION = new Parameter("function", Form.TEXT, "Only this function's.");
    static final Parameter REQUEST_ID =
            new Parameter("request_id", Form.TEXT, "Only this request's.");
    static final Parameter WAIT =
            new Parameter("wait", Form.DURATION, "How long to wait for a line, up to 1m.");

    private final Registry registry;
    private final GuestLogs logs;
    private final Self self;
    private final WaitingPlaces places = new WaitingPlaces(ApiLimits.MOST_WAITING);

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
                                SINCE,
                                FUNCTION,
                                REQUEST_ID,
                                new Parameter(
                                        "after",
                                        Form.NUMBER,
                                        "Go on where next of an answer says."),
                                new Parameter(
                                        "limit",
                                        Form.NUMBER,
                                        "At most so many lines: 1000, up to 10000."),
                                WAIT)
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
        WaitingPlaces.Reading reading = () -> Answer.ok(view(logs.read(query)));
        return query.patience().isZero() ? WaitingPlaces.without(reading) : places.within(reading);
    }

    private static LogQuery query(Call call) {
        Query query = call.query();
        return new LogQuery(
                call.app(),
                query.text("function"),
                query.text("request_id"),
                query.since("since"),
                query.number("after", 0),
                query.count("limit", LINES, ApiLimits.MOST_LINES),
                patience(query));
    }

    /** How long the caller would wait for a line, and may. */
    static Duration patience(Query query) {
        Duration wait = query.duration("wait");
        return wait.compareTo(ApiLimits.LONGEST_WAIT) > 0 ? ApiLimits.LONGEST_WAIT : wait;
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
