package dev.mayfly.gateway;

import dev.mayfly.http.RequestHead;
import dev.mayfly.http.RouteNote;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.FunctionId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a request by the time it is over, for its line in the log and for counting. */
final class Account {
    private final Journal journal;
    private final Traffic traffic;
    private final long begun;
    private String requestId = "";
    private @Nullable RouteNote note;
    private long guestNanos = -1;
    private int status;

    /** Opens with the request. */
    Account(Journal journal, Traffic traffic) {
        this.journal = journal;
        this.traffic = traffic;
        traffic.begin();
        this.begun = System.nanoTime();
    }

    void identify(String id) {
        requestId = id;
    }

    String requestId() {
        return requestId;
    }

    void routed(RouteNote matched) {
        note = matched;
    }

    void ran(Evidence evidence) {
        guestNanos = Math.max(guestNanos, 0) + evidence.guestNanos();
    }

    /** Notes the status that is sent, or counted. */
    void status(int code) {
        status = code;
    }

    int status() {
        return status;
    }

    /** Counts the request and writes its line, if requests have one. */
    void close(RequestHead head, long bytes, Book book) {
        traffic.end(status);
        long nanos = System.nanoTime() - begun;
        @Nullable RouteNote matched = note;
        if (matched != null) {
            book.ended(matched, status, nanos);
            if (matched.answers().isPresent()) {
                matched.answers().get().answered(status);
            }
        }
        if (matched == null && StatusClass.of(status).isError()) {
            traffic.rejected(Rejection.ofUnrouted(status));
        }
        if (journal.access()) {
            journal.request(entry(head, bytes, nanos));
        }
    }

    private LogEntry.Request entry(RequestHead head, long bytes, long nanos) {
        @Nullable RouteNote matched = note;
        Optional<FunctionId> function = matched == null ? Optional.empty() : matched.function();
        int query = head.target().indexOf('?');
        return new LogEntry.Request(
                Instant.now(),
                matched == null ? "" : matched.app(),
                matched == null ? 0 : matched.revision(),
                matched == null ? "" : matched.route(),
                function,
                head.method(),
                query < 0 ? head.target() : head.target().substring(0, query),
                status,
                bytes,
                nanos,
                guestNanos,
                requestId);
    }
}
