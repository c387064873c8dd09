package dev.mayfly.registry;

/**
 * A route that an app has for itself.
 *
 * @param app its owner
 * @param host exact, {@code *.suffix}, or {@code *} for any
 * @param pattern as written
 * @param method {@code *} for all but OPTIONS
 */
public record Route(String app, String host, String pattern, String method) {}
