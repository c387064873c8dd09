package dev.mayfly.gateway;

import java.util.List;

/**
 * Functions at one moment.
 *
 * @param functions those that run most first, then by name
 * @param more how many there are besides
 */
public record FunctionsNow(List<FunctionNow> functions, int more) {
    /** Copies the list in. */
    public FunctionsNow {
        functions = List.copyOf(functions);
    }
}
