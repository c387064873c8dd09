package dev.mayfly.pool;

/** How much of a function is in memory; the next request pays for what is not. */
public enum Tier {
    /** It has a sandbox: a request costs a reset. */
    HOT,
    /** Its classes and its image are there, no sandbox: a request costs a copy of the image. */
    WARM,
    /** Nothing of it is in memory: a request loads it from disk. */
    COLD
}
