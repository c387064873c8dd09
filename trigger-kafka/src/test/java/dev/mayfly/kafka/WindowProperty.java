package dev.mayfly.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition's life of one seed: records come, runs end well or badly, pauses pass, commits are
 * asked for and answered late or not at all, in any order; and the owner changes in the middle of
 * it. What must hold whatever happens is checked at each step by a ledger of its own.
 */
final class WindowProperty {
    private static final int RECORDS = 120;
    private static final int MOST_STEPS = 20_000;

    private final Random random;
    private final Maker maker;
    private final int most;
    private final int keys;
    private final List<String> keyOf = new ArrayList<>();
    private final boolean[] finished = new boolean[RECORDS];
    private final Map<String, Integer> lastFinished = new HashMap<>();
    private final List<Slot> running = new ArrayList<>();
    private final List<Slot> waiting = new ArrayList<>();
    private final List<Mark> asked = new ArrayList<>();
    private PartitionWindow window;
    private int next;
    private int committed;
    private int highestBegun = -1;

    /** Makes the window that is looked at. */
    interface Maker {
        PartitionWindow make(TopicPartition id, int most);
    }

    WindowProperty(long seed, Maker maker) {
        random = new Random(seed);
        this.maker = maker;
        most = 1 + random.nextInt(12);
        keys = 1 + random.nextInt(10);
        for (int i = 0; i < RECORDS; i++) {
            keyOf.add("k" + random.nextInt(keys));
        }
        window = maker.make(new TopicPartition("t", 0), most);
    }

    /** Until all is committed; an {@link AssertionError} says what did not hold. */
    void run() {
        for (int step = 0; committed < RECORDS; step++) {
            check(step < MOST_STEPS, "it does not get on: committed " + committed);
            switch (random.nextInt(10)) {
                case 0, 1 -> arrive();
                case 2, 3, 4 -> begin();
                case 5, 6 -> end();
                case 7 -> wake();
                case 8 -> ask();
                default -> answer();
            }
            if (random.nextInt(400) == 0) {
                move();
            }
        }
    }

    private void arrive() {
        for (int i = random.nextInt(8); i > 0 && next < RECORDS; i--, next++) {
            byte[] key = TestRecord.bytes(keyOf.get(next));
            window.add(new ConsumerRecord<>("t", 0, offset(next), key, key));
        }
    }

    /** With gaps, as compaction leaves them. */
    private static long offset(int record) {
        return 3L * record + 5;
    }

    private static int record(long offset) {
        return (int) ((offset - 5) / 3);
    }

    private void begin() {
        Slot slot = window.next();
        if (slot == null) {
            return;
        }
        int record = record(slot.offset);
        check(record < committed + most, record + " begins with only " + committed + " committed");
        String key = keyOf.get(record);
        check(inHand(key) == 0, "two of key " + key + " are under way");
        check(!finished[record] || record >= committed, record + " is committed and begins");
        int before = lastFinished.getOrDefault(key, -1);
        for (int i = before + 1; i < record; i++) {
            check(!keyOf.get(i).equals(key) || finished[i], record + " begins before " + i);
        }
        highestBegun = Math.max(highestBegun, record);
        running.add(slot);
    }

    private long inHand(String key) {
        return running.stream().filter(s -> keyOf.get(record(s.offset)).equals(key)).count()
                + waiting.stream().filter(s -> keyOf.get(record(s.offset)).equals(key)).count();
    }

    private void end() {
        if (running.isEmpty()) {
            return;
        }
        Slot slot = running.remove(random.nextInt(running.size()));
        if (random.nextInt(4) == 0) {
            window.await(slot);
            waiting.add(slot);
            return;
        }
        int record = record(slot.offset);
        finished[record] = true;
        lastFinished.put(keyOf.get(record), record);
        window.done(slot);
    }

    private void wake() {
        if (!waiting.isEmpty()) {
            window.again(waiting.remove(random.nextInt(waiting.size())));
        }
    }

    private void ask() {
        if (window.uncommitted() > 0) {
            Mark mark = window.mark();
            for (int i = committed; i <= record(mark.offset() - 1); i++) {
                check(finished[i], "the commit of " + mark.offset() + " passes " + i);
            }
            asked.add(mark);
        }
    }

    /** One commit is answered, or fails; those asked before it may be answered after it. */
    private void answer() {
        if (!asked.isEmpty()) {
            Mark mark = asked.remove(random.nextInt(asked.size()));
            if (random.nextInt(5) > 0) {
                committed = Math.max(committed, record(mark.offset() - 1) + 1);
                mark.reached();
            }
        }
    }

    /** Another owner goes on from what is committed: the rest comes again. */
    private void move() {
        window.leave();
        if (random.nextBoolean()) {
            closeTheGap();
        }
        window.cancel();
        check(window.next() == null, "a partition that was left begins a record");
        running.clear();
        waiting.clear();
        asked.clear();
        int repeated = 0;
        for (int i = committed; i < RECORDS; i++) {
            repeated += finished[i] ? 1 : 0;
            finished[i] = false;
        }
        check(repeated <= most, repeated + " records are repeated, of " + most);
        lastFinished.clear();
        for (int i = 0; i < committed; i++) {
            lastFinished.put(keyOf.get(i), i);
        }
        next = committed;
        highestBegun = -1;
        window = maker.make(new TopicPartition("t", 0), most);
    }

    /** What began is finished, with all before it, and nothing else begins. */
    private void closeTheGap() {
        int highest = highestBegun;
        for (int step = 0; !window.isSettled(1); step++) {
            check(step < MOST_STEPS, "the gap is never closed");
            switch (random.nextInt(3)) {
                case 0 -> begin();
                case 1 -> end();
                default -> wake();
            }
            check(highestBegun == highest, "a partition that leaves begins another record");
        }
        committed = Math.max(committed, record(window.mark().offset() - 1) + 1);
        for (int i = committed; i < RECORDS; i++) {
            check(!finished[i], "a gap before " + i + " is left");
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
