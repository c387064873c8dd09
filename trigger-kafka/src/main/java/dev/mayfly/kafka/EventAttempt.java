package dev.mayfly.kafka;

import dev.mayfly.manifest.FunctionSpec.Activations;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.Outcome;

/**
 * A run for a record that is over. Whether its output could be used is not told here.
 *
 * @param record the record
 * @param function what ran
 * @param kept what the function wants to have remembered of it
 * @param number from 1
 * @param outcome how it ended
 * @param evidence what it used
 * @param span its id in the record's trace, which its guest was told
 * @param endNanos when, as {@link System#nanoTime()}
 */
public record EventAttempt(
        EventRecord record,
        FunctionId function,
        Activations kept,
        int number,
        Outcome outcome,
        Evidence evidence,
        long span,
        long endNanos) {}
