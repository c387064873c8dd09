package dev.mayfly.kafka;

import org.jspecify.annotations.Nullable;

/** What a record is found to be before its first attempt. */
sealed interface Examined {
    /**
     * A function can be run on it.
     *
     * @param event what its value says of itself, if it is a structured CloudEvent
     */
    record Sound(@Nullable CloudEvent event) implements Examined {}

    /**
     * No attempt makes sense.
     *
     * @param reason why, for the function's owner
     */
    record Poison(String reason) implements Examined {}
}
