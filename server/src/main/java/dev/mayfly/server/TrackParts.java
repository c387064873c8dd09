package dev.mayfly.server;

import dev.mayfly.gateway.Gateway;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What the tracks of all apps share.
 *
 * @param gateway serves
 * @param preparer loads
 * @param known remembers what is served
 * @param truth says what apps are
 * @param threads may block
 * @param slots apps that are brought up to date at once
 * @param switched is told of each app whose routes may have changed
 */
record TrackParts(
        Gateway gateway,
        Preparer preparer,
        LastKnown known,
        Truth truth,
        Executor threads,
        Semaphore slots,
        Consumer<String> switched) {}
