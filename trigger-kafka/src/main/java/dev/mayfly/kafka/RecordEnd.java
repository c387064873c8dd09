package dev.mayfly.kafka;

/** What became of a record. */
public enum RecordEnd {
    /** Its function took it, and what it wrote is written. */
    SUCCEEDED,
    /** It is in the dead-letter topic. */
    DEAD_LETTER,
    /** It failed and was passed over. */
    SKIPPED,
    /** It failed, and its partition stands still. */
    STOPPED
}
