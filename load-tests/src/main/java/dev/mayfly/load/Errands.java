package dev.mayfly.load;

import java.util.Random;
import java.util.function.Predicate;

/**
 * The mixed traffic of a soak: request n is the same for the same seed. Every answer is checked, by
 * checksum where there is one and else by the status that the fault must have.
 */
final class Errands {
    private static final int SMALL_BODY = 100_000;

    /** Above what is kept in memory, so that it is spooled. */
    private static final int LARGE_BODY = 3_000_000;

    private static final int MOST_ROUNDS = 100_000;

    private final long seed;

    Errands(long seed) {
        this.seed = seed;
    }

    Ask errand(long n) {
        Random random = new Random(seed * 1_000_003 + n);
        int lot = random.nextInt(100);
        if (lot < 60) {
            return work(random, n, 0);
        }
        if (lot < 75) {
            return work(random, n, SMALL_BODY);
        }
        if (lot < 78) {
            return work(random, n, LARGE_BODY);
        }
        if (lot < 88) {
            return Ask.get(Apps.host("hello"), "/" + n, "hello GET /" + n + " from 127.0.0.1\n");
        }
        return fault(lot);
    }

    private static Ask work(Random random, long n, int largest) {
        byte[] body = new byte[largest == 0 ? 0 : 1 + random.nextInt(largest)];
        random.nextBytes(body);
        return new Work(random.nextInt(MOST_ROUNDS), n, body).ask(Apps.host("work"));
    }

    private static Ask fault(int lot) {
        if (lot < 94) {
            return new Ask(Wire.get(Apps.host("work"), "/?end=trap"), status(500));
        }
        if (lot < 96) {
            return new Ask(Wire.get(Apps.host("short"), "/?end=loop"), status(504));
        }
        return new Ask(Wire.get(Apps.host("nobody"), "/"), status(404));
    }

    private static Predicate<Answer> status(int expected) {
        return answer -> answer.status() == expected;
    }
}
