package dev.mayfly.pool;

/** The errors of WASI preview 1 that host calls answer with. */
@SuppressWarnings("ImmutableEnumChecker") // an array, but nobody writes to it
enum Errno {
    SUCCESS(0),
    ACCES(2),
    BADF(8),
    ILSEQ(25),
    INVAL(28),
    IO(29),
    ISDIR(31),
    LOOP(32),
    MFILE(33),
    NAMETOOLONG(37),
    NOENT(44),
    NOTDIR(54),
    NOTSUP(58),
    PERM(63),
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

    /** The library's answer; those it never gives are an I/O error. */
    static Errno of(int code) {
        return switch (code) {
            case 0 -> SUCCESS;
            case 2 -> ACCES;
            case 8 -> BADF;
            case 28 -> INVAL;
            case 31 -> ISDIR;
            case 32 -> LOOP;
            case 37 -> NAMETOOLONG;
            case 44 -> NOENT;
            case 54 -> NOTDIR;
            case 58 -> NOTSUP;
            case 63 -> PERM;
            case 70 -> SPIPE;
            case 76 -> NOTCAPABLE;
            default -> IO;
        };
    }
}
