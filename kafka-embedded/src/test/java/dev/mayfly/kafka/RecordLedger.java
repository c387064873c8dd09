package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was written, by key and number, and what came of it. */
final class RecordLedger {
    private final Map<String, Integer> written = new HashMap<>();
    private int count;

    /** The value of the next record of {@code key}. */
    String next(String key) {
        count++;
        return "seq=" + (written.merge(key, 1, Integer::sum) - 1);
    }

    int count() {
        return count;
    }

    /** Whether each record is in one of the two. */
    boolean isComplete(
            List<ConsumerRecord<byte[], byte[]>> out, List<ConsumerRecord<byte[], byte[]>> dead) {
        Set<String> seen = new HashSet<>();
        out.forEach(each -> seen.add(name(each)));
        dead.forEach(each -> seen.add(name(each)));
        return seen.size() == count;
    }

    private static String name(ConsumerRecord<byte[], byte[]> record) {
        return Topics.text(record.key()) + " " + Topics.text(record.value());
    }

    /** Records that are there more than once: twice in one topic, or in both. */
    static int duplicates(
            List<ConsumerRecord<byte[], byte[]>> out, List<ConsumerRecord<byte[], byte[]>> dead) {
        Set<String> seen = new HashSet<>();
        out.forEach(each -> seen.add(name(each)));
        dead.forEach(each -> seen.add(name(each)));
        return out.size() + dead.size() - seen.size();
    }

    /** What came out first of each key's records came in the order they were written. */
    static void assertInOrder(List<ConsumerRecord<byte[], byte[]>> out) {
        Map<String, Set<Integer>> firsts = new HashMap<>();
        out.forEach(each ->
                firsts.computeIfAbsent(Topics.text(each.key()), _ -> new LinkedHashSet<>())
                        .add(Integer.valueOf(Topics.text(each.value()).substring(4))));
        firsts.forEach(
                (key, order) -> assertThat(new ArrayList<>(order)).as("of key " + key).isSorted());
    }
}
