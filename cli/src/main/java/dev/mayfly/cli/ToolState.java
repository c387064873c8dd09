package dev.mayfly.cli;

/**
 * What is there of a tool.
 *
 * @param tool which
 * @param kind how it stands
 * @param version as it says; empty if it does not
 * @param detail where it is, or what is wrong with it
 */
record ToolState(Tool tool, Kind kind, String version, String detail) {
    /** How a tool stands. */
    enum Kind {
        /** There, and it answers. */
        OK,
        MISSING,
        /** There, but of a version that does not do. */
        OLD,
        /** There, but it hangs, fails or prints something else than a version. */
        BROKEN
    }

    static ToolState ok(Tool tool, String version, Object where) {
        return new ToolState(tool, Kind.OK, version, where.toString());
    }

    static ToolState missing(Tool tool, String detail) {
        return new ToolState(tool, Kind.MISSING, "", detail);
    }

    static ToolState broken(Tool tool, String detail) {
        return new ToolState(tool, Kind.BROKEN, "", detail);
    }

    boolean isOk() {
        return kind == Kind.OK;
    }
}
