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
 * called once, each of a digest of its own. Others make the gateway warm before: one is asked as
 * often as it answers, then many are called and left to go cold over and over, and so are some of
 * each kind before it is measured.
 */
final class ColdScenario implements Scenario {
    private static final int DIGESTS = 200;
    private static final int LARGE_DIGESTS = 20;

    /**
     * A wake-up is a long way through the code: the JVM compiles the last of it after thousands.
     */
    private static final int WARM_UP_DIGESTS = 150;

    private static final int WARM_UP_ROUNDS = 20;
    private static final int OTHER_DIGESTS = 20;
    private static final int OTHER_ROUNDS = 5;

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
            warmUp(gateway, effort);
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

    private static void warmUp(HostedGateway gateway, Effort effort)
            throws IOException, InterruptedException {
        int count = effort.count(WARM_UP_DIGESTS, 2);
        Fleet fleet = new Fleet("warm-up", Kind.C, count, DIGESTS + OTHER_DIGESTS, count);
        gateway.deploy(fleet.prepare(gateway, Tiers.BRIEF));
        gateway.driver().saturate(CONNECTIONS, effort.warmUp(), _ -> fleet.ask(0)).flawless();
        for (int i = 0; i < effort.count(WARM_UP_ROUNDS, 1); i++) {
            Tiers.awaitCold(gateway);
            gateway.driver().each(CONNECTIONS, count, fleet::ask).flawless();
        }
    }

    private static Wake measure(HostedGateway gateway, Fleet fleet, Effort effort)
            throws IOException, InterruptedException {
        Fleet others = others(fleet, effort);
        List<String> apps = new ArrayList<>(fleet.prepare(gateway, Tiers.BRIEF));
        apps.addAll(others.prepare(gateway, Tiers.BRIEF));
        gateway.deploy(apps);
        for (int i = 0; i < effort.count(OTHER_ROUNDS, 1); i++) {
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
        int count = effort.count(OTHER_DIGESTS, 2);
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
