package dev.mayfly.kafka;

/**
 * Under {@code exactly_once} nothing is written by itself: the slot keeps it for its transaction.
 */
final class HeldOutlet implements Outlet {
    @Override
    public void write(Slot slot, Endings endings) {
        endings.held(slot);
    }

    @Override
    public int underWay() {
        return 0;
    }

    @Override
    public void close() {
        // What slots hold goes with them.
    }
}
