package dev.mayfly.gateway;

import dev.mayfly.pool.FunctionId;

/** Lines for machines: one flat object each. */
final class JsonForm implements LogForm {
    @Override
    public void render(LogEntry entry, StringBuilder line) {
        line.append("{\"time\":\"").append(entry.time()).append('"');
        switch (entry) {
            case LogEntry.Request request -> request(request, line);
            case LogEntry.GuestLine guest -> {
                text("kind", "guest", line);
                function(guest.function(), guest.requestId(), line);
                text("line", guest.line(), line);
            }
            case LogEntry.Failure failure -> {
                text("kind", "failure", line);
                function(failure.function(), failure.requestId(), line);
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
        text("request_id", request.requestId(), line);
    }

    private static void function(FunctionId id, String requestId, StringBuilder line) {
        text("app", id.app(), line);
        number("revision", id.revision(), line);
        text("function", id.function(), line);
        if (!requestId.isEmpty()) {
            text("request_id", requestId, line);
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
