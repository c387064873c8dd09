package dev.mayfly.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long each step took. */
final class Laps {
    private final List<TimedStep> steps = new ArrayList<>();
    private long since = System.nanoTime();

    /** The step that ends now. */
    void lap(String name) {
        long now = System.nanoTime();
        steps.add(new TimedStep(name, TimeUnit.NANOSECONDS.toMillis(now - since)));
        since = now;
    }

    List<TimedStep> steps() {
        return List.copyOf(steps);
    }
}
