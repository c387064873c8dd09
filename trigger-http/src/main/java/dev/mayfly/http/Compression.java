package dev.mayfly.http;

/** Which answers are compressed, for clients that can read them. */
public enum Compression {
    /** None. */
    OFF,
    /** Files and static responses: what is the same for everybody. */
    STATIC,
    /** Those and what functions answer. */
    ALL
}
