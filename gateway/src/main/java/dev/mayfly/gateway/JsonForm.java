package dev.mayfly.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mayfly.http.RequestName;
import dev.mayfly.http.TraceContext;
import dev.mayfly.pool.FunctionId;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Lines for machines: one flat object each. */
final class JsonForm implements LogForm {
    /** Of one that matched no route. */
    private static final byte[] UNROUTED = ascii(",'kind':'request','app':'','route':''");

    private static final byte[] TIME = ascii("{'time':'");
    private static final byte[] METHOD = ascii(",'method':'");
    private static final byte[] PATH = ascii("','path':'");
    private static final byte[] STATUS = ascii("','status':");
    private static final byte[] BYTES = ascii(",'bytes':");
    private static final byte[] DURATION = ascii(",'duration_us':");
    private static final byte[] GUEST = ascii(",'guest_us':");
    private static final byte[] REQUEST_ID = ascii(",'request_id':'");
    private static final byte[] TRACE_ID = ascii(",'trace_id':'");

    /** Routes whose beginning is remembered: a deploy makes new ones. */
    private static final int KNOWN = 4096;

    private final MomentText moments = new MomentText();

    /** By identity, as event loops have them. */
    private final IdentityHashMap<RouteTallies.Key, byte[]> beginnings = new IdentityHashMap<>();

    @Override
    public void render(LogEntry entry, LineBytes line) {
        line.piece(TIME);
        moments.append(entry.time(), line);
        line.sign('"');
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
        line.sign('}');
    }

    private void request(PastRequest request, LineBytes line) {
        line.piece(beginning(request.place()));
        line.piece(METHOD).json(request.method());
        line.piece(PATH).json(request.path());
        line.piece(STATUS).number(request.status());
        line.piece(BYTES).number(request.bytes());
        line.piece(DURATION).number(request.nanos() / 1000);
        if (request.guestNanos() >= 0) {
            line.piece(GUEST).number(request.guestNanos() / 1000);
        }
        requestId(request.id(), line);
        @Nullable TraceContext trace = request.trace();
        if (trace != null) {
            line.piece(TRACE_ID).hex(trace.high()).hex(trace.low()).sign('"');
        }
    }

    /** What is the same for all requests of a route: made once. */
    private byte[] beginning(RouteTallies.@Nullable Key place) {
        if (place == null) {
            return UNROUTED;
        }
        byte @Nullable [] known = beginnings.get(place);
        if (known == null) {
            known = beginningOf(place);
            if (beginnings.size() >= KNOWN) {
                beginnings.clear();
            }
            beginnings.put(place, known);
        }
        return known;
    }

    private static byte[] beginningOf(RouteTallies.Key place) {
        LineBytes text = new LineBytes();
        text("kind", "request", text);
        text("app", place.app(), text);
        number("revision", place.revision(), text);
        if (!place.function().isEmpty()) {
            text("function", place.function(), text);
        }
        text("route", place.route(), text);
        return text.toString().getBytes(UTF_8);
    }

    private static void function(FunctionId id, RequestName request, LineBytes line) {
        text("app", id.app(), line);
        number("revision", id.revision(), line);
        text("function", id.function(), line);
        name(request, line);
    }

    private static void name(RequestName request, LineBytes line) {
        requestId(request.id(), line);
        if (!request.traceId().isEmpty()) {
            line.piece(TRACE_ID).json(request.traceId()).sign('"');
        }
    }

    private static void requestId(String id, LineBytes line) {
        if (!id.isEmpty()) {
            line.piece(REQUEST_ID).json(id).sign('"');
        }
    }

    private static void text(String key, String value, LineBytes line) {
        key(key, line);
        line.sign('"').json(value).sign('"');
    }

    private static void number(String key, long value, LineBytes line) {
        key(key, line);
        line.number(value);
    }

    private static void key(String key, LineBytes line) {
        line.text(",\"").text(key).text("\":");
    }

    /** With {@code '} for each quotation mark, for the eye. */
    private static byte[] ascii(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
