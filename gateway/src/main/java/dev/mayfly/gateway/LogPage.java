package dev.mayfly.gateway;

import java.util.List;

/**
 * Log lines.
 *
 * @param lines the oldest first
 * @param next what to ask for as {@code after} to go on from here
 */
public record LogPage(List<LogLine> lines, long next) {
    /** Copies the list in. */
    public LogPage {
        lines = List.copyOf(lines);
    }
}
