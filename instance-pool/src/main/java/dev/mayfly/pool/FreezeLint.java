package dev.mayfly.pool;

/** What should not be in a snapshot, because every run would share it. */
final class FreezeLint {
    /** Every sandbox holds a copy of the image; 16 MiB, in 64 KiB pages. */
    private static final int LARGE_IMAGE = 256;

    private FreezeLint() {}

    static void check(
            Observations seen, boolean allowEntropy, Snapshot snapshot, Findings findings) {
        if (seen.random() > 0 && !allowEntropy) {
            findings.problem(
                    "the module read random bytes before the freeze ("
                            + seen.random()
                            + " calls): every request would see the same ones; read them in the"
                            + " request, or set snapshot.allow_entropy = true if they guard nothing"
                            + " (hash seeds)");
        }
        if (seen.clock() > 0) {
            findings.warning(
                    "the module read the clock before the freeze: what it kept of it stays as it is"
                            + " for every request");
        }
        if (seen.input() > 0) {
            findings.warning(
                    "the module read standard input before the freeze, where there is none: a"
                            + " library may remember its end and never ask again");
        }
        if (snapshot.imagePages() > LARGE_IMAGE) {
            findings.warning(
                    "the snapshot's image takes "
                            + snapshot.imagePages() / 16
                            + " MiB, and so does every sandbox; free what initialising needed only"
                            + " for itself");
        }
    }
}
