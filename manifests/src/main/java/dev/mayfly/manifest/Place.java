package dev.mayfly.manifest;

/**
 * Where something is written.
 *
 * @param line from 1, 0 when unknown
 * @param column from 1, 0 when unknown
 */
public record Place(int line, int column) {
    /** Nowhere in particular: the whole file. */
    public static final Place UNKNOWN = new Place(0, 0);
}
