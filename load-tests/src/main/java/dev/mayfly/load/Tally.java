package dev.mayfly.load;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Counts the answers of one drive, each judged. For any thread. */
final class Tally {
    private static final int COMPLAINTS = 5;

    private final Latencies accepted = new Latencies();
    private final LongAdder refused = new LongAdder();
    private final LongAdder other = new LongAdder();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final long started = System.nanoTime();
    private volatile long last = started;

    /** Counts an answer that should have been asked for at {@code intended}. */
    void count(Ask ask, Answer answer, long intended) {
        last = System.nanoTime();
        if (ask.right().test(answer)) {
            accepted.add(last - intended);
        } else if (answer.saysTryLater()) {
            refused.increment();
        } else {
            wrong(answer.summary());
        }
    }

    void broken(IOException reason) {
        wrong(reason.toString());
    }

    private void wrong(String complaint) {
        other.increment();
        if (complaints.size() < COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    Report report() {
        return new Report(
                accepted,
                refused.sum(),
                other.sum(),
                (last - started) / 1e9,
                List.copyOf(complaints));
    }
}
