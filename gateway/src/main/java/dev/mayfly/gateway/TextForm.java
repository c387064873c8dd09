package dev.mayfly.gateway;

import dev.mayfly.pool.FunctionId;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Lines for people: local time, the function, then what there is to say. */
final class TextForm implements LogForm {
    private final DateTimeFormatter clock =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public void render(LogEntry entry, StringBuilder line) {
        clock.formatTo(entry.time(), line);
        line.append(' ');
        switch (entry) {
            case PastRequest request -> request(request, line);
            case LogEntry.GuestLine guest -> {
                prefix(guest.function(), guest.request().id(), line);
                line.append(" | ").append(guest.line());
            }
            case LogEntry.Failure failure -> {
                prefix(failure.function(), failure.request().id(), line);
                line.append(" ! ");
                Escapes.appendPlain(failure.cause(), line);
            }
            case LogEntry.Dropped dropped ->
                    line.append(dropped.count()).append(" log lines were dropped");
        }
    }

    private static void prefix(FunctionId function, String requestId, StringBuilder line) {
        appendName(function.function(), function.revision(), line);
        if (!requestId.isEmpty()) {
            line.append(' ').append(requestId);
        }
    }

    private static void request(PastRequest request, StringBuilder line) {
        RouteTallies.@Nullable Key place = request.place();
        if (place == null || place.function().isEmpty()) {
            line.append('-');
        } else {
            appendName(place.function(), place.revision(), line);
        }
        line.append(' ').append(request.id()).append(' ');
        Escapes.appendPlain(request.method(), line);
        line.append(' ');
        Escapes.appendPlain(request.path(), line);
        line.append(' ').append(request.status()).append(' ').append(request.bytes()).append(" B ");
        appendMillis(request.nanos(), line);
        if (request.guestNanos() >= 0) {
            line.append(" (guest ");
            appendMillis(request.guestNanos(), line);
            line.append(')');
        }
    }

    /** The function, and its revision where apps have some. */
    private static void appendName(String function, long revision, StringBuilder line) {
        line.append(function);
        if (revision > 0) {
            line.append('@').append(revision);
        }
    }

    /** Milliseconds with three decimals. */
    private static void appendMillis(long nanos, StringBuilder line) {
        long micros = nanos / 1000;
        line.append(micros / 1000).append('.');
        int rest = (int) (micros % 1000);
        line.append((char) ('0' + rest / 100));
        line.append((char) ('0' + rest / 10 % 10));
        line.append((char) ('0' + rest % 10)).append(" ms");
    }
}
