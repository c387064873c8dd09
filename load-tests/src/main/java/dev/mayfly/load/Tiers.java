package dev.mayfly.load;

import java.io.IOException;
import java.time.Duration;

/** Waiting for functions to go cold, as they do by themselves when nobody calls them. */
final class Tiers {
    /** Settings of a function that goes cold soon. */
    static final String BRIEF = "pool = { idle_timeout = \"1s\" }";

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(200);

    private Tiers() {}

    /**
     * Returns when every function of the gateway is cold.
     *
     * @throws IOException when some are not after minutes
     */
    static void awaitCold(HostedGateway gateway) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        Vitals now = gateway.tell("vitals");
        while (now.get("hot") + now.get("warm") > 0) {
            if (System.nanoTime() > end) {
                throw new IOException("not cold after " + LIMIT + ": " + now.line());
            }
            Thread.sleep(LOOK);
            now = gateway.tell("vitals");
        }
    }
}
