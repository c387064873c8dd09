package dev.mayfly.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What twice as many requests as there is capacity for do to those that are accepted. A guest of
 * about four milliseconds, so that the capacity is the guests' and not the driver's, which has the
 * same cores.
 */
final class OverloadScenario implements Scenario {
    private static final String APP = "work";
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 128;

    /** As many as run and wait: none is refused, and no core is idle. */
    private static final int CALLERS = 4;

    private static final int GUEST_MILLIS = 4;

    /**
     * Waiting at most: what an owner sets who would rather refuse than be slow. Times of accepted
     * requests grow with it, and the share of the capacity that is used does too, up to a point.
     */
    private static final String LIMITS = "limits = { concurrency = 2, queue = 4 }";

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String summary() {
        return "twice the capacity for a minute: what is accepted, how fast, what is left behind";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        try (HostedGateway gateway = HostedGateway.start("-Xmx1g", Map.of())) {
            gateway.module("work.wasm", Workload.variants().variant(0));
            gateway.deploy(List.of(Apps.function(APP, "work.wasm", LIMITS)));
            long rounds = GUEST_MILLIS * Workload.roundsPerMilli(gateway, APP, effort);
            LongFunction<Ask> asks = Workload.asks(APP, rounds);
            Duration time = effort.span(TIME);
            double capacity = capacity(gateway.driver(), asks, effort);
            // Warm for refusals too.
            drive(gateway, 2 * capacity, effort.warmUp(), asks);
            Report half = drive(gateway, capacity / 2, time.dividedBy(2), asks).honest();
            long before = gateway.tell("collect").get("heap");
            Report twice = drive(gateway, 2 * capacity, time, asks);
            long after = gateway.tell("collect").get("heap");
            figures.row("capacity", Figures.rounded(capacity, 0) + "/s");
            figures.row("half of it", half.describe());
            figures.row("twice as much", twice.describe());
            report(capacity, half, twice, figures);
            figures.value("heap_ratio", (double) after / before, 2);
        }
    }

    private static double capacity(Driver driver, LongFunction<Ask> asks, Effort effort)
            throws InterruptedException {
        List<Double> rounds = new ArrayList<>();
        for (int i = 0; i < effort.rounds(); i++) {
            rounds.add(driver.saturate(CALLERS, effort.round(), asks).flawless().perSecond());
        }
        return Medians.of(rounds.stream().mapToDouble(Double::doubleValue));
    }

    private static Report drive(
            HostedGateway gateway, double perSecond, Duration time, LongFunction<Ask> asks)
            throws InterruptedException {
        return gateway.driver().steady(new Pace(perSecond, time, CONNECTIONS), asks);
    }

    private static void report(double capacity, Report half, Report twice, Figures figures) {
        twice.complaints().forEach(complaint -> figures.row("other", complaint));
        figures.value("capacity_rps", capacity, 0);
        figures.value("accepted_share", twice.perSecond() / capacity, 2);
        figures.count("other", twice.other());
        figures.value("p99_ratio", twice.accepted().millis(99) / half.accepted().millis(99), 2);
    }
}
