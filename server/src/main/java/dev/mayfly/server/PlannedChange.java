package dev.mayfly.server;

/**
 * A difference between two revisions.
 *
 * @param kind {@code route added}, {@code function changed}, …
 * @param what the route, the function's name, the file's path
 */
record PlannedChange(String kind, String what) {}
