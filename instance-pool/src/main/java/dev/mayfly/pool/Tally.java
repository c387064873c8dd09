package dev.mayfly.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the runs of one sandbox. Only whoever leased the sandbox writes, so an increment is a read
 * and a write and none is ever lost; others may read at any time and see each cell whole.
 */
final class Tally {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells = new long[Cells.OF_RUNS];

    /** Whether a sandbox has it; guarded by the {@link Tallies} it is of. */
    boolean taken;

    /** Counts a run that is over. */
    void ran(RunEnd end, boolean reset, Evidence used) {
        add(Cells.ended(end), 1);
        add(reset ? Cells.RESETS : Cells.DISCARDS, 1);
        measure(Measure.DIRTY_PAGES, used.dirtyPages());
        measure(Measure.GROWN_PAGES, used.grownPages());
        measure(Measure.HOST_CALLS, used.hostCalls());
        measure(Measure.GUEST_NANOS, used.guestNanos());
        measure(Measure.QUEUED_NANOS, used.queuedNanos());
    }

    private void measure(Measure measure, long value) {
        int sum = Cells.sum(measure);
        add(sum, value);
        add(sum + 1 + measure.bucket(value), 1);
    }

    private void add(int cell, long more) {
        CELL.setOpaque(cells, cell, cells[cell] + more);
    }

    /** Adds what was counted so far. */
    void addTo(long[] sum) {
        for (int i = 0; i < cells.length; i++) {
            sum[i] += (long) CELL.getOpaque(cells, i);
        }
    }
}
