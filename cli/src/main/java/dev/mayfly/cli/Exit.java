package dev.mayfly.cli;

/** What the process's exit code says. */
enum Exit {
    OK(0),
    FAILURE(1),
    USAGE(2),
    INVALID(3),
    REFUSED(4),
    UNREACHABLE(5);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
