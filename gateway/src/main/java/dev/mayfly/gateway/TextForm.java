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
    public void render(LogEntry entry, LineBytes line) {
        line.text(clock.format(entry.time())).sign(' ');
        switch (entry) {
            case PastRequest request -> request(request, line);
            case LogEntry.GuestLine guest -> {
                prefix(guest.function(), guest.request().id(), line);
                line.text(" | ").text(guest.line());
            }
            case LogEntry.Failure failure -> {
                prefix(failure.function(), failure.request().id(), line);
                line.text(" ! ").plain(failure.cause());
            }
            case LogEntry.Dropped dropped ->
                    line.number(dropped.count()).text(" log lines were dropped");
        }
    }

    private static void prefix(FunctionId function, String requestId, LineBytes line) {
        name(function.function(), function.revision(), line);
        if (!requestId.isEmpty()) {
            line.sign(' ').text(requestId);
        }
    }

    private static void request(PastRequest request, LineBytes line) {
        RouteTallies.@Nullable Key place = request.place();
        if (place == null || place.function().isEmpty()) {
            line.sign('-');
        } else {
            name(place.function(), place.revision(), line);
        }
        line.sign(' ').text(request.id());
        line.sign(' ').plain(request.method());
        line.sign(' ').plain(request.path());
        line.sign(' ').number(request.status());
        line.sign(' ').number(request.bytes()).text(" B ");
        millis(request.nanos(), line);
        if (request.guestNanos() >= 0) {
            line.text(" (guest ");
            millis(request.guestNanos(), line);
            line.sign(')');
        }
    }

    /** The function, and its revision where apps have some. */
    private static void name(String function, long revision, LineBytes line) {
        line.text(function);
        if (revision > 0) {
            line.sign('@').number(revision);
        }
    }

    /** Milliseconds with three decimals. */
    private static void millis(long nanos, LineBytes line) {
        long micros = nanos / 1000;
        line.number(micros / 1000).sign('.').padded((int) (micros % 1000), 3).text(" ms");
    }
}
