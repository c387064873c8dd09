package dev.mayfly.load;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongFunction;

/** The guest {@code work-c}, and how many of its rounds cost a millisecond of CPU here. */
final class Workload {
    static final String GUEST = "work-c";

    /** The word of its answer that variants differ in. */
    static final String MARKER = "tally";

    private static final long GUESS = 300_000;
    private static final int CALLERS = 2;

    private Workload() {}

    static Variants variants() {
        return new Variants(Guests.module(GUEST), MARKER);
    }

    /**
     * Rounds that cost the gateway's process one millisecond, all of a request included: warm, and
     * measured by its CPU time, so that what else the machine does counts little.
     */
    static long roundsPerMilli(HostedGateway gateway, String app, Effort effort)
            throws IOException, InterruptedException {
        LongFunction<Ask> asks = asks(app, GUESS);
        gateway.driver().saturate(CALLERS, effort.warmUp(), asks).flawless();
        Vitals before = gateway.tell("vitals");
        Duration time = effort.span(Duration.ofSeconds(5));
        Report report = gateway.driver().saturate(CALLERS, time, asks).flawless();
        long nanos = gateway.tell("vitals").since(before, "cpu_ns") / report.accepted().count();
        return Math.max(1, GUESS * 1_000_000 / nanos);
    }

    /** The same request, over and over. */
    static LongFunction<Ask> asks(String app, long rounds) {
        Ask ask = Work.always(Apps.host(app), rounds);
        return _ -> ask;
    }
}
