package dev.mayfly.pool;

/**
 * What a function has at this moment.
 *
 * @param idle sandboxes ready to run
 * @param running sandboxes leased
 * @param queued submissions that wait
 * @param bytes what it holds of the memory budget
 */
record Presence(int idle, int running, int queued, long bytes) {
    static final Presence NONE = new Presence(0, 0, 0, 0);

    /** As far as sandboxes tell. */
    Tier tier() {
        return idle + running > 0 ? Tier.HOT : Tier.WARM;
    }

    Presence plus(Presence other) {
        return new Presence(
                idle + other.idle,
                running + other.running,
                queued + other.queued,
                bytes + other.bytes);
    }

    Presence plus(long more) {
        return new Presence(idle, running, queued, bytes + more);
    }
}
