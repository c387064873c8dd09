package dev.mayfly.kafka;

import org.apache.kafka.common.errors.WakeupException;

/**
 * Calls a consumer beside its poll. A wake-up that was meant for the poll may come late and hit
 * such a call instead; the loop is awake then, so it counts for nothing and the call is made again.
 */
final class Awake {
    private Awake() {}

    /** A call that waits for the brokers. */
    interface Call {
        void make();
    }

    static void call(Call call) {
        boolean made = false;
        while (!made) {
            try {
                call.make();
                made = true;
            } catch (WakeupException _) {
                made = false;
            }
        }
    }
}
