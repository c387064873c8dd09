package dev.mayfly.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What the first request to a function costs that nobody called for a while. Every function is
 * called once, each of a digest of its own; others make the gateway warm before: one of them is
 * asked as often as it answers, then all are called and left to go cold over and over.
 */
final class ColdScenario implements Scenario {
    private static final int DIGESTS = 200;
    private static final int LARGE_DIGESTS = 20;
    private static final int WARM_UP_DIGESTS = 20;
    private static final int WARM_UP_ROUNDS = 25;

    /** Seldom enough that no request waits for the one before. */
    private static final double PER_SECOND = 20;

    private static final int CONNECTIONS = 4;
    private static final int HOT_REQUESTS = 100;

    /**
     * First requests, and as a control what one costs at this pace that wakes nothing: a machine
     * that sleeps between two requests takes its time for either.
     */
    private record Wake(Report cold, Report hot) {}

    @Override
    public String name() {
        return "cold";
    }

    @Override
    public String summary() {
        return "milliseconds of a first request to a function that is cold";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        Map<Kind, Wake> wakes = new EnumMap<>(Kind.class);
        int digests = 0;
        try (HostedGateway gateway = HostedGateway.start("-Xmx2g", Map.of())) {
            for (Kind kind : Kind.values()) {
                int count = effort.count(kind == Kind.LARGE ? LARGE_DIGESTS : DIGESTS, 4);
                Fleet fleet = new Fleet(word(kind), kind, count, 0, count);
                wakes.put(kind, measure(gateway, fleet, effort));
                digests += count;
            }
        }
        report(wakes, figures);
        figures.value("distinct_digests", digests, 0);
    }

    private static Wake measure(HostedGateway gateway, Fleet fleet, Effort effort)
            throws IOException, InterruptedException {
        Fleet others = others(fleet, effort);
        List<String> apps = new ArrayList<>(fleet.prepare(gateway, Tiers.BRIEF));
        apps.addAll(others.prepare(gateway, Tiers.BRIEF));
        gateway.deploy(apps);
        gateway.driver().saturate(CONNECTIONS, effort.warmUp(), _ -> others.ask(0)).flawless();
        for (int i = 0; i < effort.count(WARM_UP_ROUNDS, 1); i++) {
            Tiers.awaitCold(gateway);
            once(gateway, others);
        }
        Tiers.awaitCold(gateway);
        gateway.tell("collect"); // or classes that nobody holds would still be found in memory
        return new Wake(once(gateway, fleet), hot(gateway, fleet, effort));
    }

    /** One of them again and again, at the same pace. */
    private static Report hot(HostedGateway gateway, Fleet fleet, Effort effort)
            throws InterruptedException {
        int count = effort.count(HOT_REQUESTS, 4);
        return paced(gateway, count, _ -> fleet.ask(0));
    }

    private static Fleet others(Fleet fleet, Effort effort) {
        int count = effort.count(WARM_UP_DIGESTS, 2);
        return new Fleet(fleet.name() + "-other", fleet.kind(), count, fleet.digests(), count);
    }

    private static Report once(HostedGateway gateway, Fleet fleet) throws InterruptedException {
        return paced(gateway, fleet.apps(), fleet::ask);
    }

    private static Report paced(HostedGateway gateway, int requests, LongFunction<Ask> asks)
            throws InterruptedException {
        Duration time = Duration.ofMillis(Math.round(requests * 1000 / PER_SECOND));
        return gateway.driver().steady(new Pace(PER_SECOND, time, CONNECTIONS), asks).flawless();
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void report(Map<Kind, Wake> wakes, Figures figures) {
        wakes.forEach((kind, wake) -> {
            String label = kind.guest() + ", " + kind.variants().bytes() + " bytes";
            figures.row(label, wake.cold().describe());
            figures.row(kind.guest() + ", hot", wake.hot().describe());
            figures.value(word(kind) + "_p50_ms", wake.cold().accepted().millis(50), 2);
            if (kind == Kind.C) {
                figures.value("c_p99_ms", wake.cold().accepted().millis(99), 2);
                figures.value("hot_p50_ms", wake.hot().accepted().millis(50), 2);
            }
        });
    }
}
