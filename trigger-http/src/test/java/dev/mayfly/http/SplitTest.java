package dev.mayfly.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which revision a key falls to, over many random keys. */
class SplitTest {
    private static final int KEYS = 100_000;

    private final long seed = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Revisions and percents in turn, the newest first. */
    private static Split split(String app, int... revisionsAndPercents) {
        List<Split.Part> parts = new ArrayList<>();
        for (int i = 0; i < revisionsAndPercents.length; i += 2) {
            RouteNote note = new RouteNote(app, revisionsAndPercents[i], "", Optional.empty());
            parts.add(new Split.Part(note, revisionsAndPercents[i + 1], new Router()));
        }
        return new Split(app, parts);
    }

    private static long chosen(Split split, long key) {
        return split.choose(key).note().revision();
    }

    @Test
    void eachRevisionHasItsPercentsOfTheKeys() {
        for (Split split :
                List.of(
                        split("app", 5, 10, 4, 60, 3, 30),
                        split("app", 2, 1, 1, 99),
                        split("app", 9, 99, 7, 1),
                        split("app", 3, 50, 2, 50))) {
            Map<Long, Integer> counts = new HashMap<>();
            for (int i = 0; i < KEYS; i++) {
                counts.merge(chosen(split, random.nextLong()), 1, Integer::sum);
            }
            for (Split.Part part : split.parts()) {
                double share = part.percent() / 100.0;
                double spread = 5 * Math.sqrt(KEYS * share * (1 - share));
                assertThat((double) counts.getOrDefault(part.note().revision(), 0))
                        .as("seed %d, %s", seed, part)
                        .isBetween(KEYS * share - spread, KEYS * share + spread);
            }
        }
    }

    @Test
    void keysThatDifferInOneBitAreSpreadAsWell() {
        Split split = split("app", 2, 50, 1, 50);
        int newer = 0;
        for (long key = 0; key < KEYS; key++) {
            newer += chosen(split, key) == 2 ? 1 : 0;
        }
        assertThat(newer).isBetween(KEYS / 2 - 800, KEYS / 2 + 800);
    }

    @Test
    @Tag("split.growing")
    void aShareThatGrowsTakesKeysAndGivesNoneBack() {
        for (int i = 0; i < 2000; i++) {
            long key = random.nextLong();
            long before = 0;
            for (int percent = 1; percent < 100; percent++) {
                long now = chosen(split("app", 2, percent, 1, 100 - percent), key);
                assertThat(now).as("seed %d, %d %%", seed, percent).isGreaterThanOrEqualTo(before);
                before = now;
            }
        }
    }

    @Test
    void aRevisionThatJoinsMovesOnlyTheKeysItTakes() {
        Split two = split("app", 2, 40, 1, 60);
        Split three = split("app", 3, 50, 2, 20, 1, 30);
        for (int i = 0; i < KEYS; i++) {
            long key = random.nextLong();
            long now = chosen(three, key);
            if (now != 3) {
                assertThat(now).as("seed %d", seed).isEqualTo(chosen(two, key));
            }
        }
    }

    @Test
    void theCallersOfOneAppsNewRevisionAreNotThoseOfAnothers() {
        Split one = split("one", 2, 10, 1, 90);
        Split other = split("other", 2, 10, 1, 90);
        int both = 0;
        for (int i = 0; i < 10_000; i++) {
            String caller = "caller-" + i;
            boolean newer = chosen(one, one.key(caller)) == 2;
            both += newer && chosen(other, other.key(caller)) == 2 ? 1 : 0;
        }
        assertThat(both).isBetween(40, 180);
    }
}
