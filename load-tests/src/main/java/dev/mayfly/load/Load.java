package dev.mayfly.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A way to keep a server busy with a fixed number of connections, each asking again as soon as it
 * is answered.
 */
sealed interface Load permits Wrk, ClosedLoop {
    /**
     * Asks for {@code target} for a while.
     *
     * @throws IOException when any answer was not 200, or a connection broke
     */
    Rate drive(URI target, int connections, Duration time) throws IOException, InterruptedException;

    /**
     * What came of it.
     *
     * @param perSecond answers a second
     * @param p99Micros 99 of 100 answers came within so many microseconds
     */
    record Rate(double perSecond, double p99Micros) {
        static Rate median(List<Rate> rates) {
            return new Rate(
                    Medians.of(rates.stream().mapToDouble(Rate::perSecond)),
                    Medians.of(rates.stream().mapToDouble(Rate::p99Micros)));
        }

        String describe() {
            return Figures.rounded(perSecond, 0)
                    + " requests/s, p99 "
                    + Figures.rounded(p99Micros, 0)
                    + " µs";
        }
    }

    /** {@code wrk} where it is installed, else the driver in Java. */
    static Load best() {
        return Wrk.installed() ? new Wrk() : new ClosedLoop();
    }
}
