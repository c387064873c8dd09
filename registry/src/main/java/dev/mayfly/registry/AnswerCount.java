package dev.mayfly.registry;

/**
 * How many answers of one kind a revision gave while its app's traffic was split.
 *
 * @param app whose
 * @param revision which
 * @param status first digit of the status: 5 for 5xx; 0 when the client had gone
 * @param count since the split began, or the gateway started
 */
public record AnswerCount(String app, int revision, int status, long count) {}
