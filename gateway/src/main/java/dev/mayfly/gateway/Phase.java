package dev.mayfly.gateway;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * How far the server is on its way down, and what it lacks while it serves. Written by whoever
 * stops it or knows what it lacks, read by every loop.
 */
final class Phase {
    private volatile boolean ready;
    private volatile boolean draining;
    private volatile SortedSet<String> flaws = Collections.emptySortedSet();

    /** Looks at what changes without anybody saying so. */
    private final Supplier<Set<String>> look;

    Phase() {
        this(() -> Set.of());
    }

    Phase(Supplier<Set<String>> look) {
        this.look = look;
    }

    /** {@return whether a load balancer should send requests here} */
    boolean ready() {
        return ready;
    }

    /** {@return whether every answer closes its connection} */
    boolean draining() {
        return draining;
    }

    /** {@return why it serves less well than it should, a word or two each} */
    SortedSet<String> flaws() {
        Set<String> seen = look.get();
        if (seen.isEmpty()) {
            return flaws;
        }
        SortedSet<String> all = new TreeSet<>(flaws);
        all.addAll(seen);
        return all;
    }

    void degrade(Set<String> reasons) {
        flaws = Collections.unmodifiableSortedSet(new TreeSet<>(reasons));
    }

    void becomeReady() {
        ready = true;
    }

    void becomeUnready() {
        ready = false;
    }

    void drain() {
        draining = true;
    }
}
