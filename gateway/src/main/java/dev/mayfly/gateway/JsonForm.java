package dev.mayfly.gateway;

import dev.mayfly.http.RequestName;
import dev.mayfly.pool.FunctionId;

/** Lines for machines: one flat object each. */
final class JsonForm implements LogForm {
    private final MomentText moments = new MomentText();

    @Override
    public void render(LogEntry entry, StringBuilder line) {
        line.append("{\"time\":\"");
        moments.append(entry.time(), line);
        line.append('"');
        switch (entry) {
            case LogEntry.Request request -> request(request, line);
            case LogEntry.GuestLine guest -> {
                text("kind", "guest", line);
                function(guest.function(), guest.request(), line);
                text("line", guest.line(), line);
            }
            case LogEntry.Failure failure -> {
                text("kind", "failure", line);
                function(failure.function(), failure.request(), line);
                text("cause", failure.cause(), line);
            }
            case LogEntry.Dropped dropped -> {
                text("kind", "dropped", line);
                number("count", dropped.count(), line);
            }
        }
        line.append('}');
    }

    private static void request(LogEntry.Request request, StringBuilder line) {
        text("kind", "request", line);
        text("app", request.app(), line);
        if (!request.app().isEmpty()) {
            number("revision", request.revision(), line);
        }
        request.function().ifPresent(id -> text("function", id.function(), line));
        text("route", request.route(), line);
        text("method", request.method(), line);
        text("path", request.path(), line);
        number("status", request.status(), line);
        number("bytes", request.bytes(), line);
        number("duration_us", request.nanos() / 1000, line);
        if (request.guestNanos() >= 0) {
            number("guest_us", request.guestNanos() / 1000, line);
        }
        name(request.request(), line);
    }

    private static void function(FunctionId id, RequestName request, StringBuilder line) {
        text("app", id.app(), line);
        number("revision", id.revision(), line);
        text("function", id.function(), line);
        name(request, line);
    }

    private static void name(RequestName request, StringBuilder line) {
        if (!request.id().isEmpty()) {
            text("request_id", request.id(), line);
        }
        if (!request.traceId().isEmpty()) {
            text("trace_id", request.traceId(), line);
        }
    }

    private static void text(String key, String value, StringBuilder line) {
        line.append(",\"").append(key).append("\":\"");
        Escapes.appendJson(value, line);
        line.append('"');
    }

    private static void number(String key, long value, StringBuilder line) {
        line.append(",\"").append(key).append("\":").append(value);
    }
}
