package dev.mayfly.pool;

/**
 * What a sandbox has asked the world so far, counted in calls; load compares two of them to tell
 * what was frozen into a snapshot.
 *
 * @param environment {@code environ_get} or {@code environ_sizes_get}
 * @param arguments {@code args_get} or {@code args_sizes_get}
 * @param input reads of standard input
 * @param clock {@code clock_time_get}
 * @param random {@code random_get}
 */
record Observations(int environment, int arguments, int input, int clock, int random) {}
