package dev.mayfly.gateway;

import java.time.Duration;

/**
 * A function that is served and not asleep, as a row of a table.
 *
 * @param app the app's name
 * @param function the function's name
 * @param revision the app's, 0 under {@code mayfly up}
 * @param tier {@code hot} or {@code warm}
 * @param idle sandboxes ready to run
 * @param running sandboxes leased
 * @param queued requests that wait
 * @param runs runs that are over
 * @param refusals requests refused
 * @param dirtyPages 4 KiB pages a run wrote to, of the median run
 * @param mostDirtyPages of all runs but one in a hundred, at most
 * @param guestTime of the median run
 * @param longestGuestTime of all runs but one in a hundred, at most
 * @param memoryBytes what it holds of the memory budget
 */
public record FunctionRow(
        String app,
        String function,
        long revision,
        String tier,
        int idle,
        int running,
        int queued,
        long runs,
        long refusals,
        long dirtyPages,
        long mostDirtyPages,
        Duration guestTime,
        Duration longestGuestTime,
        long memoryBytes) {}
