package dev.mayfly.pool;

/** The errors of WASI preview 1 that host calls answer with. */
@SuppressWarnings("ImmutableEnumChecker") // an array, but nobody writes to it
enum Errno {
    SUCCESS(0),
    ACCES(2),
    BADF(8),
    FAULT(21),
    ILSEQ(25),
    INVAL(28),
    IO(29),
    ISDIR(31),
    LOOP(32),
    NAMETOOLONG(37),
    NOENT(44),
    NOSYS(52),
    NOTDIR(54),
    NOTSUP(58),
    ROFS(69),
    SPIPE(70),
    NOTCAPABLE(76);

    final int code;

    /** What a host function returns to the runtime, which only reads it: one array for all. */
    final long[] result;

    Errno(int code) {
        this.code = code;
        this.result = new long[] {code};
    }
}
