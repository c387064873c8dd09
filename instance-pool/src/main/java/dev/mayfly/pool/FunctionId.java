package dev.mayfly.pool;

import java.util.Objects;

/**
 * Names a loaded function.
 *
 * @param app the app's name
 * @param revision the app's revision, 0 under {@code mayfly up}
 * @param function the function's name within the app
 */
public record FunctionId(String app, long revision, String function) {
    /** Refuses nulls. */
    public FunctionId {
        Objects.requireNonNull(app);
        Objects.requireNonNull(function);
    }
}
