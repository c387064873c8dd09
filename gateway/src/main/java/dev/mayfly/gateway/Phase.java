package dev.mayfly.gateway;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far the server is on its way down, and what it lacks while it serves. Written by whoever
 * stops it or knows what it lacks, read by every loop.
 */
final class Phase {
    private volatile boolean ready;
    private volatile boolean draining;
    private volatile SortedSet<String> flaws = Collections.emptySortedSet();

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
        return flaws;
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
