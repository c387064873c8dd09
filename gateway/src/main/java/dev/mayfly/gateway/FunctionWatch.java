package dev.mayfly.gateway;

import java.util.function.Predicate;

/** What functions do now, for whoever looks again and again. Any thread. */
@FunctionalInterface
public interface FunctionWatch {
    /**
     * {@return functions that are served: those that run most first, then by name} What they did
     * lately is known from the second look on, when looks are no more than a minute apart.
     *
     * @param apps of these apps
     * @param most at most so many, 1 at least
     */
    FunctionsNow look(Predicate<String> apps, int most);
}
