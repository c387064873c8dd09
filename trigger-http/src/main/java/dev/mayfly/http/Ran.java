package dev.mayfly.http;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.Outcome;

/**
 * One run of a function for a request.
 *
 * @param function what ran, or should have run
 * @param outcome how it ended
 * @param evidence what it used
 * @param span its id in the request's trace; 0 if the guest did not ask for it
 */
public record Ran(FunctionId function, Outcome outcome, Evidence evidence, long span) {}
