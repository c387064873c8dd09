package dev.mayfly.http;

/**
 * Where a run stands in its request's trace.
 *
 * @param trace the request's
 * @param span the run's own, which its guest is told as its parent
 */
record RunTrace(TraceContext trace, long span) {}
