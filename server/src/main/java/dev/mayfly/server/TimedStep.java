package dev.mayfly.server;

/**
 * A step of a deploy.
 *
 * @param name {@code read}, {@code prepare}, …
 * @param ms how long it took
 */
record TimedStep(String name, long ms) {}
