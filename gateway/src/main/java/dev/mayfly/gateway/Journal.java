package dev.mayfly.gateway;

import dev.mayfly.http.RequestLog;
import dev.mayfly.http.RequestName;
import dev.mayfly.kafka.EventLog;
import dev.mayfly.kafka.RecordName;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.LogSink;
import java.time.Instant;

/** Takes everything that is logged for an app's owner. Any thread, never blocks. */
final class Journal implements RequestLog, EventLog, LogSink {
    private final LogWriter writer;
    private final boolean access;

    /** {@code access}: whether each request has a line. */
    Journal(LogWriter writer, boolean access) {
        this.writer = writer;
        this.access = access;
    }

    boolean access() {
        return access;
    }

    /** {@return lines that came faster than they could be written} */
    long dropped() {
        return writer.dropped();
    }

    void request(PastRequest request) {
        writer.add(request);
    }

    @Override
    public void guestLine(FunctionId function, RequestName request, String line) {
        writer.add(new LogEntry.GuestLine(Instant.now(), function, request, line));
    }

    @Override
    public void failure(FunctionId function, RequestName request, String cause) {
        writer.add(new LogEntry.Failure(Instant.now(), function, request, cause));
    }

    @Override
    public void guestLine(FunctionId function, RecordName record, String line) {
        guestLine(function, new RequestName(record.id(), record.traceId()), line);
    }

    @Override
    public void failure(FunctionId function, RecordName record, String cause) {
        failure(function, new RequestName(record.id(), record.traceId()), cause);
    }

    @Override
    public void line(FunctionId function, String line) {
        guestLine(function, RequestName.NONE, line);
    }

    /** {@return a log for what nobody asked about} */
    static RequestLog silent() {
        return new RequestLog() {
            @Override
            public void guestLine(FunctionId function, RequestName request, String line) {}

            @Override
            public void failure(FunctionId function, RequestName request, String cause) {}
        };
    }
}
