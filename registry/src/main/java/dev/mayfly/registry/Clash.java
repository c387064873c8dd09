package dev.mayfly.registry;

/**
 * A route that another app has.
 *
 * @param owner the app that has it
 * @param host exact, {@code *.suffix}, or {@code *} for any
 * @param pattern as the owner writes it
 * @param method of the owner's route; {@code *} for all but OPTIONS
 */
public record Clash(String owner, String host, String pattern, String method) {}
