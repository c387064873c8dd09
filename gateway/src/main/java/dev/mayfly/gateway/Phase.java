package dev.mayfly.gateway;

/** How far the server is on its way down. Written by whoever stops it, read by every loop. */
final class Phase {
    private volatile boolean ready;
    private volatile boolean draining;

    /** {@return whether a load balancer should send requests here} */
    boolean ready() {
        return ready;
    }

    /** {@return whether every answer closes its connection} */
    boolean draining() {
        return draining;
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
