package dev.mayfly.kafka;

/**
 * How far a partition may be committed.
 *
 * @param count records
 * @param offset the offset that stands for them: of the next record
 */
record Mark(PartitionWindow window, long count, long offset) {
    /** It is committed. */
    void reached() {
        window.reached(this);
    }
}
