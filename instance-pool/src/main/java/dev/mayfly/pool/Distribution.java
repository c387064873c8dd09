package dev.mayfly.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often which values were seen.
 *
 * @param sum of all values
 * @param buckets those that hold a value, lowest first
 */
public record Distribution(long sum, List<Bucket> buckets) {
    /** Of nothing. */
    public static final Distribution NONE = new Distribution(0, List.of());

    /**
     * Values above the bucket before it. Zero and every power of two ends a bucket, and above eight
     * a bucket is at most an eighth wide.
     *
     * @param upTo its largest value
     * @param count how many were seen, 1 at least
     */
    public record Bucket(long upTo, long count) {}

    /** Copies the list in. */
    public Distribution {
        buckets = List.copyOf(buckets);
    }

    /**
     * {@return what was seen after another look at the same values}
     *
     * @param before the earlier look; what it has and this has not is passed over
     */
    public Distribution since(Distribution before) {
        Map<Long, Long> counted = new HashMap<>();
        before.buckets.forEach(bucket -> counted.put(bucket.upTo(), bucket.count()));
        return new Distribution(
                sum - before.sum,
                buckets.stream()
                        .map(bucket ->
                                new Bucket(
                                        bucket.upTo(),
                                        bucket.count() - counted.getOrDefault(bucket.upTo(), 0L)))
                        .filter(bucket -> bucket.count() > 0)
                        .toList());
    }

    /** {@return how many values were seen} */
    public long count() {
        long count = 0;
        for (Bucket bucket : buckets) {
            count += bucket.count();
        }
        return count;
    }

    /**
     * {@return how many values were at most {@code bound}; exact for zero and powers of two, else
     * for the end of the bucket before}
     *
     * @param bound the bound
     */
    public long atMost(long bound) {
        long count = 0;
        for (Bucket bucket : buckets) {
            if (bucket.upTo() > bound) {
                break;
            }
            count += bucket.count();
        }
        return count;
    }

    /**
     * {@return the smallest bucket end that at least {@code share} of the values do not exceed: the
     * quantile itself or up to an eighth more; 0 when nothing was seen}
     *
     * @param share from 0 to 1
     */
    public long quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
        }
        long rank = Math.max(1, (long) Math.ceil(share * count()));
        long seen = 0;
        for (Bucket bucket : buckets) {
            seen += bucket.count();
            if (seen >= rank) {
                return bucket.upTo();
            }
        }
        return 0;
    }
}
