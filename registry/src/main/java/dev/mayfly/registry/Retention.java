package dev.mayfly.registry;

import java.time.Duration;

/**
 * What is kept though nothing live needs it.
 *
 * @param revisions newest of each app; live and weighted ones are kept besides
 * @param artifacts how long one stays that a client has uploaded or asked for and no revision uses
 * @param answers how long an idempotency key is remembered
 * @param changes how long the audit log reaches back
 * @param artifactBytes largest artifact
 */
public record Retention(
        int revisions, Duration artifacts, Duration answers, Duration changes, long artifactBytes) {
    /** Twenty revisions, artifacts of a day, keys of a day, a log of 400 days, 256 MiB. */
    public static final Retention DEFAULT =
            new Retention(
                    20,
                    Duration.ofDays(1),
                    Duration.ofDays(1),
                    Duration.ofDays(400),
                    256L * 1024 * 1024);

    /** Refuses to keep less than what is live. */
    public Retention {
        if (revisions < 1) {
            throw new IllegalArgumentException("revisions: " + revisions + " (expected: >= 1)");
        }
        positive("artifacts", artifacts);
        positive("answers", answers);
        positive("changes", changes);
        if (artifactBytes < 1) {
            throw new IllegalArgumentException(
                    "artifactBytes: " + artifactBytes + " (expected: >= 1)");
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
    }
}
