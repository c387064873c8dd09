package dev.mayfly.cli;

import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.StatsTable;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells on standard error what functions hold and did: the table at SIGUSR1, and if that was asked
 * for a line now and then and the table at the end. A line comes only after something ran, so that
 * an idle server is silent.
 */
final class StatsWatch implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(10);

    private final Gateway gateway;
    private final Surroundings surroundings;
    private final boolean asked;

    /** A signal that comes when all is over is passed over. */
    private final ScheduledExecutorService thread =
            new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform().daemon().name("mayfly-stats").factory(),
                    new ThreadPoolExecutor.DiscardPolicy());

    /** What the last line counted; the thread's. */
    private long told;

    /** {@code asked}: with lines and an end. */
    StatsWatch(Gateway gateway, Surroundings surroundings, boolean asked) {
        this.gateway = gateway;
        this.surroundings = surroundings;
        this.asked = asked;
    }

    /** Takes the signal; begins with the lines. */
    // What a line throws is a mistake of ours that ends the lines; nobody waits for the future.
    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        boolean taken = Gateway.onReportSignal(() -> thread.execute(this::printTable));
        if (asked) {
            if (!taken) {
                say("there is no SIGUSR1 to be had here: the table comes at the end only");
            }
            thread.scheduleAtFixedRate(
                    this::printLine, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** After the last request, before the functions are gone. */
    void end() {
        if (asked) {
            printTable();
        }
    }

    private void printLine() {
        StatsTable stats = gateway.functions();
        if (stats.runs() + stats.refusals() != told) {
            told = stats.runs() + stats.refusals();
            say(new StatsReport(stats).line());
        }
    }

    private void printTable() {
        surroundings.err().print(new StatsReport(gateway.functions()).table());
        surroundings.err().flush();
    }

    private void say(String line) {
        surroundings.err().println(line);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
