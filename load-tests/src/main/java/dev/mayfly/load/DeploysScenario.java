package dev.mayfly.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Deploys and rolls back an app over and over, on two servers that share a database, while it is
 * asked all the time: no request may be lost, none may be answered by two revisions at once, and no
 * connection may go back in time.
 */
final class DeploysScenario implements Scenario {
    private static final String HEAP = "-Xmx1g";
    private static final int STEPS = 200;
    private static final int WARM_UP_STEPS = 20;
    private static final int UNCHANGED = 50;

    /** One step in so many goes back, by one deploy or by two. */
    private static final int ROLL_BACK = 4;

    @Override
    public String name() {
        return "deploys";
    }

    @Override
    public String summary() {
        return "deploys and rollbacks under load through two servers of one database";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        try (HostedServer first = HostedServer.start(HEAP, Map.of());
                HostedServer second = HostedServer.start(HEAP, beside(first));
                AdminClient admin = first.admin()) {
            List<Integer> ports = List.of(first.port(), second.port());
            Succession succession = new Succession(ports.size());
            Releases releases = new Releases(admin, succession);
            releases.begin(ports);
            Witnesses witnesses = new Witnesses(ports, succession);
            steps(releases, effort.count(WARM_UP_STEPS, 4), new Times());
            Times times = new Times();
            steps(releases, effort.count(STEPS, 12), times);
            releases.deploy();
            for (int i = 0; i < effort.count(UNCHANGED, 5); i++) {
                times.unchanged.add(releases.again().toNanos());
            }
            report(witnesses.end(), times, figures);
        }
    }

    private static Map<String, String> beside(HostedServer first) throws IOException {
        return Map.of("MAYFLY_DATABASE_URL", first.databaseUrl());
    }

    private static void steps(Releases releases, int steps, Times times)
            throws IOException, InterruptedException {
        for (int i = 1; i <= steps; i++) {
            if (i % ROLL_BACK == 0) {
                times.switched.add(releases.rollBack(1 + i / ROLL_BACK % 2).everywhere().toNanos());
            } else {
                Releases.Took took = releases.deploy();
                times.switched.add(took.everywhere().toNanos());
                times.changed.add(took.call().toNanos());
            }
        }
    }

    /** What the steps of a measurement took. */
    private record Times(Latencies switched, Latencies changed, Latencies unchanged) {
        Times() {
            this(new Latencies(), new Latencies(), new Latencies());
        }

        static String of(Latencies times) {
            return "p50 %s ms, p99 %s ms, of %d"
                    .formatted(
                            Figures.rounded(times.millis(50), 0),
                            Figures.rounded(times.millis(99), 0),
                            times.count());
        }
    }

    private static void report(Witness.Findings findings, Times times, Figures figures) {
        figures.row("requests while it was deployed", String.valueOf(findings.asked.sum()));
        figures.row("commit to last gateway's switch", Times.of(times.switched));
        figures.row("deploy of a changed module", Times.of(times.changed));
        figures.row("deploy of what is live", Times.of(times.unchanged));
        findings.complaints.forEach(complaint -> figures.row("wrong", complaint));
        figures.count("lost", findings.lost.sum());
        figures.count("mixed", findings.mixed.sum());
        figures.count("backwards", findings.backwards.sum());
        figures.value("switch_p99_ms", times.switched.millis(99), 0);
        figures.value("unchanged_ms", times.unchanged.millis(50), 0);
        figures.value("changed_ms", times.changed.millis(50), 0);
    }
}
