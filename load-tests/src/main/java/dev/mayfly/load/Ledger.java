package dev.mayfly.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Reads answers in the order they were appended, and holds them against the orders.
 *
 * <p>Order is what the first answers of a key have: once an order of a key is answered, none of
 * those before it may be answered for the first time. An answer that comes again is a duplicate, no
 * violation: at least once allows it.
 */
final class Ledger {
    private final Orders orders;
    private final int sent;
    private final JsonFactory json = new JsonFactory();
    private final BitSet answered = new BitSet();
    private final long[] appended;
    private final int[] newest = new int[Orders.KEYS];
    private long answers;
    private long wrong;
    private long violations;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Of the first so many orders, which all were sent. */
    Ledger(Orders orders, int sent) {
        this.orders = orders;
        this.sent = sent;
        appended = new long[sent];
        Arrays.fill(newest, -1);
    }

    /**
     * What was found.
     *
     * @param lost orders without an answer
     * @param violations first answers that came after a later one of their key
     * @param duplicates answers beyond the first of an order
     * @param wrong answers that are not what the work makes of an order
     */
    record Findings(long lost, long violations, long duplicates, long wrong) {
        static final Findings NONE = new Findings(0, 0, 0, 0);

        Findings plus(Findings other) {
            return new Findings(
                    lost + other.lost,
                    violations + other.violations,
                    duplicates + other.duplicates,
                    wrong + other.wrong);
        }
    }

    /**
     * Takes the next answer of a partition; those of one key are in one partition.
     *
     * @param value its bytes
     * @param time when it was appended, in milliseconds since 1970
     */
    void take(byte[] value, long time) throws IOException {
        answers++;
        first = Math.min(first, time);
        last = Math.max(last, time);
        int n = order(value);
        if (n < 0 || n >= sent || !Arrays.equals(value, orders.answer(n))) {
            wrong++;
            return;
        }
        if (answered.get(n)) {
            return;
        }
        answered.set(n);
        appended[n] = time;
        int key = orders.keyIndex(n);
        if (orders.number(n) < newest[key]) {
            violations++;
        } else {
            newest[key] = orders.number(n);
        }
    }

    private int order(byte[] value) throws IOException {
        String key = "";
        int number = -1;
        try (JsonParser parser = json.createParser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("key")) {
                    key = parser.getText();
                } else if (name.equals("number")) {
                    number = parser.getIntValue();
                }
            }
        }
        return orders.find(key, number);
    }

    Findings findings() {
        long lost = (long) sent - answered.cardinality();
        return new Findings(lost, violations, answers - wrong - answered.cardinality(), wrong);
    }

    /** Answers a second, between the first one's arrival and the last one's. */
    double perSecond() {
        return answers * 1000.0 / Math.max(1, last - first);
    }

    boolean has(int n) {
        return answered.get(n);
    }

    /** {@return when an order's first answer was appended, in milliseconds since 1970} */
    long appended(int n) {
        return appended[n];
    }
}
