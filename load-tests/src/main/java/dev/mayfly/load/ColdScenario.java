package dev.mayfly.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the first request to a function costs that nobody called for a while. Every function is
 * called once, each of a digest of its own; others, called and left to go cold over and over, make
 * the gateway warm before.
 */
final class ColdScenario implements Scenario {
    private static final int DIGESTS = 200;
    private static final int LARGE_DIGESTS = 20;
    private static final int WARM_UP_DIGESTS = 20;
    private static final int WARM_UP_ROUNDS = 25;

    /** Seldom enough that no request waits for the one before. */
    private static final double PER_SECOND = 20;

    private static final int CONNECTIONS = 4;

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
        Map<Kind, Report> reports = new EnumMap<>(Kind.class);
        int digests = 0;
        try (HostedGateway gateway = HostedGateway.start("-Xmx2g", Map.of())) {
            for (Kind kind : Kind.values()) {
                int count = effort.count(kind == Kind.LARGE ? LARGE_DIGESTS : DIGESTS, 4);
                Fleet fleet = new Fleet(word(kind), kind, count, 0, count);
                reports.put(kind, measure(gateway, fleet, effort));
                digests += count;
            }
        }
        report(reports, figures);
        figures.value("distinct_digests", digests, 0);
    }

    private static Report measure(HostedGateway gateway, Fleet fleet, Effort effort)
            throws IOException, InterruptedException {
        Fleet others = others(fleet, effort);
        List<String> apps = new ArrayList<>(fleet.prepare(gateway, Tiers.BRIEF));
        apps.addAll(others.prepare(gateway, Tiers.BRIEF));
        gateway.deploy(apps);
        for (int i = 0; i < effort.count(WARM_UP_ROUNDS, 1); i++) {
            Tiers.awaitCold(gateway);
            once(gateway, others);
        }
        Tiers.awaitCold(gateway);
        return once(gateway, fleet);
    }

    private static Fleet others(Fleet fleet, Effort effort) {
        int count = effort.count(WARM_UP_DIGESTS, 2);
        return new Fleet(fleet.name() + "-other", fleet.kind(), count, fleet.digests(), count);
    }

    private static Report once(HostedGateway gateway, Fleet fleet) throws InterruptedException {
        Duration time = Duration.ofMillis(Math.round(fleet.apps() * 1000 / PER_SECOND));
        return gateway.driver()
                .steady(new Pace(PER_SECOND, time, CONNECTIONS), fleet::ask)
                .flawless();
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void report(Map<Kind, Report> reports, Figures figures) {
        reports.forEach((kind, report) -> {
            String label = kind.guest() + ", " + kind.variants().bytes() + " bytes";
            figures.row(label, report.describe());
            figures.value(word(kind) + "_p50_ms", report.accepted().millis(50), 2);
            if (kind == Kind.C) {
                figures.value("c_p99_ms", report.accepted().millis(99), 2);
            }
        });
    }
}
