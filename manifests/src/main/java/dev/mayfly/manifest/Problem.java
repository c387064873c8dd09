package dev.mayfly.manifest;

/**
 * One thing wrong with a file, and its mend.
 *
 * @param line from 1, 0 when the whole file is meant
 * @param column from 1, 0 when the whole line is meant
 * @param key the dotted key, {@code function.hello.limits.memory}; empty when none
 * @param message what is wrong: the value and what was expected
 * @param mend what to do about it
 */
public record Problem(int line, int column, String key, String message, String mend) {}
