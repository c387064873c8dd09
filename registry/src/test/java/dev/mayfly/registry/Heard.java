package dev.mayfly.registry;

import java.util.ArrayList;
import java.util.List;

/** A watcher that remembers. */
final class Heard implements Watcher {
    private final List<Change> changes = new ArrayList<>();
    private int lost;
    private int regained;
    private long missed;
    private boolean isToFail;

    synchronized void failOnce() {
        isToFail = true;
    }

    synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    synchronized int timesLost() {
        return lost;
    }

    synchronized int timesRegained() {
        return regained;
    }

    synchronized long missedUpTo() {
        return missed;
    }

    @Override
    public synchronized void changed(List<Change> told) {
        if (isToFail) {
            isToFail = false;
            throw new IllegalStateException("this watcher fails once");
        }
        changes.addAll(told);
    }

    @Override
    public synchronized void missed(long number) {
        missed = number;
    }

    @Override
    public synchronized void lost() {
        lost++;
    }

    @Override
    public synchronized void regained() {
        regained++;
    }
}
