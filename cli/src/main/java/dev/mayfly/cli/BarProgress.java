package dev.mayfly.cli;

/** One line that is written over and over: for a terminal. */
final class BarProgress implements Progress {
    private static final int WIDTH = 24;
    private static final String FROM_THE_START = "\r\033[K";

    private final Surroundings surroundings;
    private final long total;
    private long before;
    private long here;
    private String what = "";

    /**
     * @param total bytes of everything that will be begun
     */
    BarProgress(Surroundings surroundings, long total) {
        this.surroundings = surroundings;
        this.total = total;
    }

    @Override
    public void begin(String next, long bytes) {
        before += here;
        here = 0;
        what = next;
        draw();
    }

    @Override
    public void reached(long bytes) {
        here = bytes;
        draw();
    }

    @Override
    public void again(String why) {
        write(FROM_THE_START + why + "\n");
        draw();
    }

    @Override
    public void close() {
        write(FROM_THE_START);
    }

    private void draw() {
        long done = before + here;
        int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
        write(
                FROM_THE_START
                        + "uploading "
                        + "█".repeat(filled)
                        + "░".repeat(WIDTH - filled)
                        + " "
                        + StatsReport.bytes(done)
                        + " of "
                        + StatsReport.bytes(total)
                        + "  "
                        + Shown.plain(what));
    }

    private void write(String text) {
        surroundings.err().print(text);
        surroundings.err().flush();
    }
}
