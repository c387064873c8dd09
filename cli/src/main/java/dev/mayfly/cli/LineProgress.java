package dev.mayfly.cli;

/** A line for each file: for logs. */
final class LineProgress implements Progress {
    private final Surroundings surroundings;

    LineProgress(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void begin(String what, long bytes) {
        surroundings.err().println("uploading " + what + " (" + StatsReport.bytes(bytes) + ")");
    }

    @Override
    public void reached(long bytes) {}

    @Override
    public void again(String why) {
        surroundings.err().println("  " + why);
    }

    @Override
    public void close() {}
}
