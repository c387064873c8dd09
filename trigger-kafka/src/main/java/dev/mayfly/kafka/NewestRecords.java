package dev.mayfly.kafka;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the newest records of several partitions, and no more bytes of them than it may. */
final class NewestRecords {
    private static final Comparator<ConsumerRecord<byte[], byte[]>> BY_AGE =
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                    .thenComparingInt(ConsumerRecord::partition)
                    .thenComparingLong(ConsumerRecord::offset);
    private static final long LARGEST_STEP = 10_000;

    private final int most;
    private final long mostBytes;
    private final PriorityQueue<ConsumerRecord<byte[], byte[]>> oldestFirst =
            new PriorityQueue<>(BY_AGE);
    private long bytes;
    private int seen;

    NewestRecords(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /**
     * Reads a partition backwards, a step at a time. Offsets have gaps where transactions end, so a
     * step may find less than it is long.
     */
    void readFrom(PartitionLog log) {
        seen = 0;
        long step = most;
        for (long to = log.end(); to > log.begin() && seen < most; ) {
            long from = Math.max(log.begin(), to - step);
            log.read(from, to, this::take);
            to = from;
            step = Math.min(2 * step, LARGEST_STEP);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        seen++;
        oldestFirst.add(record);
        bytes += size(record);
        while (oldestFirst.size() > most || (bytes > mostBytes && oldestFirst.size() > 1)) {
            bytes -= size(oldestFirst.remove());
        }
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        long size = Math.max(0, record.serializedKeySize());
        size += Math.max(0, record.serializedValueSize());
        for (var header : record.headers()) {
            size += header.key().length();
            size += header.value() == null ? 0 : header.value().length;
        }
        return size;
    }

    List<ConsumerRecord<byte[], byte[]>> latestFirst() {
        List<ConsumerRecord<byte[], byte[]>> sorted = new ArrayList<>(oldestFirst);
        sorted.sort(BY_AGE.reversed());
        return sorted;
    }
}
