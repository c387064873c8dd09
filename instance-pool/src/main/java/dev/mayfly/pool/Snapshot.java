package dev.mayfly.pool;

/** Everything a run can change, as it was at the freeze. Immutable, shared by all sandboxes. */
final class Snapshot {
    /** Bytes on the heap, the compiled module excluded. */
    long bytes() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** 64 KiB pages of linear memory at the freeze. */
    int memoryPages() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** 64 KiB pages of the image, zeros at its end not counted. */
    int imagePages() {
        throw new UnsupportedOperationException("skeleton");
    }
}
