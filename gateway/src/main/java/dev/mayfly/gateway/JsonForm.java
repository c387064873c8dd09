package dev.mayfly.gateway;

import dev.mayfly.http.RequestName;
import dev.mayfly.pool.FunctionId;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Lines for machines: one flat object each. */
final class JsonForm implements LogForm {
    /** Of one that matched no route. */
    private static final String UNROUTED = ",\"kind\":\"request\",\"app\":\"\",\"route\":\"\"";

    /** Routes whose beginning is remembered: a deploy makes new ones. */
    private static final int KNOWN = 4096;

    private final MomentText moments = new MomentText();

    /** By identity, as event loops have them. */
    private final IdentityHashMap<RouteTallies.Key, String> beginnings = new IdentityHashMap<>();

    @Override
    public void render(LogEntry entry, StringBuilder line) {
        line.append("{\"time\":\"");
        moments.append(entry.time(), line);
        line.append('"');
        switch (entry) {
            case PastRequest request -> request(request, line);
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

    private void request(PastRequest request, StringBuilder line) {
        line.append(beginning(request.place()));
        text("method", request.method(), line);
        text("path", request.path(), line);
        number("status", request.status(), line);
        number("bytes", request.bytes(), line);
        number("duration_us", request.nanos() / 1000, line);
        if (request.guestNanos() >= 0) {
            number("guest_us", request.guestNanos() / 1000, line);
        }
        name(request.id(), request.traceId(), line);
    }

    /** What is the same for all requests of a route: made once. */
    private String beginning(RouteTallies.@Nullable Key place) {
        if (place == null) {
            return UNROUTED;
        }
        @Nullable String known = beginnings.get(place);
        if (known == null) {
            known = beginningOf(place);
            if (beginnings.size() >= KNOWN) {
                beginnings.clear();
            }
            beginnings.put(place, known);
        }
        return known;
    }

    private static String beginningOf(RouteTallies.Key place) {
        StringBuilder text = new StringBuilder(",\"kind\":\"request\"");
        text("app", place.app(), text);
        number("revision", place.revision(), text);
        if (!place.function().isEmpty()) {
            text("function", place.function(), text);
        }
        text("route", place.route(), text);
        return text.toString();
    }

    private static void function(FunctionId id, RequestName request, StringBuilder line) {
        text("app", id.app(), line);
        number("revision", id.revision(), line);
        text("function", id.function(), line);
        name(request.id(), request.traceId(), line);
    }

    private static void name(String id, String traceId, StringBuilder line) {
        if (!id.isEmpty()) {
            text("request_id", id, line);
        }
        if (!traceId.isEmpty()) {
            text("trace_id", traceId, line);
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
