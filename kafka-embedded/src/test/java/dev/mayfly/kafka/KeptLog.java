package dev.mayfly.kafka;

import dev.mayfly.pool.FunctionId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged. */
final class KeptLog implements EventLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<RecordName> names = new CopyOnWriteArrayList<>();

    @Override
    public void guestLine(FunctionId function, RecordName record, String line) {
        lines.add(line);
        names.add(record);
    }

    @Override
    public void failure(FunctionId function, RecordName record, String cause) {
        failures.add(cause);
        names.add(record);
    }

    /** Of each line and each failure, whose it is. */
    List<RecordName> names() {
        return names;
    }

    List<String> lines() {
        return lines;
    }

    List<String> failures() {
        return failures;
    }
}
