package dev.mayfly.kafka;

import dev.mayfly.pool.FunctionId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged. */
final class KeptLog implements EventLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @Override
    public void guestLine(FunctionId function, String requestId, String line) {
        lines.add(line);
    }

    @Override
    public void failure(FunctionId function, String requestId, String cause) {
        failures.add(cause);
    }

    List<String> lines() {
        return lines;
    }

    List<String> failures() {
        return failures;
    }
}
