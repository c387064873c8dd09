package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Errands under way, so many at once; all of them are kept for a look at their ends. */
final class Flight {
    private final Semaphore room;
    private final List<Sent> sent = new ArrayList<>();

    /** An errand and where it went. */
    record Sent(FunctionPool to, Errand errand, int rounds) {}

    Flight(int atOnce) {
        room = new Semaphore(atOnce);
    }

    /** Waits for room, then makes an errand; for one thread. */
    Errand next(FunctionPool to, int rounds) throws InterruptedException {
        room.acquire();
        var errand =
                new Errand(Errand.bytes(rounds)) {
                    @Override
                    public void finished(Outcome outcome, Evidence evidence) {
                        super.finished(outcome, evidence);
                        room.release();
                    }
                };
        sent.add(new Sent(to, errand, rounds));
        return errand;
    }

    /** All errands, each at its end. */
    List<Sent> landed() {
        sent.forEach(each -> each.errand().await());
        return sent;
    }
}
