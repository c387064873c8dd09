package dev.mayfly.gateway;

import dev.mayfly.http.RequestHead;
import dev.mayfly.http.RouteNote;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.FunctionId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a request by the time it is over, for its line in the log. */
final class Account {
    private final Journal journal;
    private final long begun;
    private String requestId = "";
    private @Nullable RouteNote note;
    private long guestNanos = -1;
    private int status;

    Account(Journal journal) {
        this.journal = journal;
        this.begun = journal.access() ? System.nanoTime() : 0;
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

    /** Writes the line, if requests have one. */
    void close(RequestHead head, long bytes) {
        if (journal.access()) {
            journal.request(entry(head, bytes));
        }
    }

    private LogEntry.Request entry(RequestHead head, long bytes) {
        @Nullable RouteNote matched = note;
        Optional<FunctionId> function = matched == null ? Optional.empty() : matched.function();
        int query = head.target().indexOf('?');
        return new LogEntry.Request(
                Instant.now(),
                matched == null ? "" : matched.app(),
                matched == null ? "" : matched.route(),
                function,
                head.method(),
                query < 0 ? head.target() : head.target().substring(0, query),
                status,
                bytes,
                System.nanoTime() - begun,
                guestNanos,
                requestId);
    }
}
