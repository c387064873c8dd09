package dev.mayfly.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plain threads that compute and never wait. Used by one thread. */
final class Spinning {
    private final List<Spinner> spinners = new ArrayList<>();

    /** From now on exactly {@code count} of them. */
    Vitals keep(int count) {
        spinners.forEach(Spinner::end);
        spinners.clear();
        for (int i = 0; i < count; i++) {
            spinners.add(new Spinner());
        }
        return new Vitals(Map.of("spinning", (long) count));
    }

    private static final class Spinner {
        private volatile long value = 1;
        private volatile boolean ended;

        Spinner() {
            Thread.ofPlatform().daemon().name("spinner").start(this::spin);
        }

        private void spin() {
            long x = value;
            while (!ended) {
                x = x * 0x2545f4914f6cdd1dL + 1;
                value = x; // seen from outside, so it cannot be left out
            }
        }

        void end() {
            ended = true;
        }
    }
}
