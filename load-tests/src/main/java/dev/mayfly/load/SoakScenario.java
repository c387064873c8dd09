package dev.mayfly.load;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What ten minutes of everything leave behind: right answers by their checksums, traps, deadlines,
 * large bodies, clients that vanish, and reloads. Compared is the gateway at rest before and after.
 */
final class SoakScenario implements Scenario {
    private static final double PER_SECOND = 100;
    private static final int CONNECTIONS = 32;
    private static final Duration TIME = Duration.ofMinutes(10);

    /** Two of these fill what is kept of the newest requests, 10,000 of them. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final int RELOAD_SECONDS = 3;
    private static final long SEED = 20261120;
    private static final int REST_SECONDS = 150;

    /** Longer than a thread that nobody needs any more is kept, the JVM's own 30 s included. */
    private static final int STILL_SECONDS = 35;

    /** So that a gateway at rest holds no sandbox, and one too many is seen. */
    private static final String POOL = "pool = { idle_timeout = \"1s\" }";

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String summary() {
        return "ten minutes of everything: wrong answers, and what is left behind";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException, ExecutionException {
        try (HostedGateway gateway = HostedGateway.start("-Xmx1g", Map.of())) {
            Variants variants = Workload.variants();
            for (int i = 0; i < 2; i++) {
                gateway.module("work-" + i + ".wasm", variants.variant(i));
            }
            gateway.module("hello.wasm", Guests.module("hello-c"));
            deploy(gateway, 0);
            mixed(gateway, effort.span(WARM_UP), SEED);
            Tiers.awaitCold(gateway); // wake-ups are a part of the traffic too
            mixed(gateway, effort.span(WARM_UP), SEED + 1);
            Vitals before = atRest(gateway, effort);
            Vitals threads = gateway.tell("threads");
            Report report = mixed(gateway, effort.span(TIME), SEED + 2);
            Vitals after = atRest(gateway, effort);
            row(figures, gateway.tell("threads"), threads);
            figures.row("traffic", report.describe());
            report.complaints().forEach(complaint -> figures.row("wrong", complaint));
            figures.row("before", before.line());
            figures.row("after", after.line());
            report(report, before, after, figures);
        }
    }

    private static void deploy(HostedGateway gateway, int build) throws IOException {
        String module = "work-" + build + ".wasm";
        gateway.deploy(
                List.of(
                        Apps.function("work", module, POOL),
                        Apps.function("short", module, POOL, "limits = { timeout = \"100ms\" }"),
                        Apps.function("hello", "hello.wasm", POOL)));
    }

    private static Report mixed(HostedGateway gateway, Duration time, long seed)
            throws InterruptedException, ExecutionException {
        Errands errands = new Errands(seed);
        CountDownLatch over = new CountDownLatch(1);
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> vanishing = background.submit(new Vanishing(gateway.port(), seed, over));
            Future<?> reloads = background.submit(() -> reload(gateway, over));
            Report report =
                    gateway.driver()
                            .steady(new Pace(PER_SECOND, time, CONNECTIONS), errands::errand);
            over.countDown();
            vanishing.get();
            reloads.get();
            return report;
        }
    }

    private static int reload(HostedGateway gateway, CountDownLatch over)
            throws IOException, InterruptedException {
        int build = 0;
        while (!over.await(RELOAD_SECONDS, TimeUnit.SECONDS)) {
            build ^= 1;
            deploy(gateway, build);
        }
        return build;
    }

    /**
     * Nothing runs, nothing is kept, and the figures no longer change: then collected. A gateway
     * that does not come to rest is taken as it is, which shows in the figures.
     */
    private static Vitals atRest(HostedGateway gateway, Effort effort)
            throws IOException, InterruptedException {
        Vitals last = gateway.tell("vitals");
        int still = 0;
        for (int i = 0; i < REST_SECONDS && still < effort.count(STILL_SECONDS, 3); i++) {
            Thread.sleep(Duration.ofSeconds(1));
            Vitals now = gateway.tell("vitals");
            boolean same = now.since(last, "threads") == 0 && now.since(last, "fds") == 0;
            still = same && sandboxes(now) == 0 ? still + 1 : 0;
            last = now;
        }
        return gateway.tell("collect");
    }

    /** Which threads came or went. */
    private static void row(Figures figures, Vitals after, Vitals before) {
        Set<String> names = new TreeSet<>(after.values().keySet());
        names.addAll(before.values().keySet());
        for (String name : names) {
            long was = before.values().getOrDefault(name, 0L);
            long is = after.values().getOrDefault(name, 0L);
            if (is != was) {
                figures.row("threads " + name, was + " before, " + is + " after");
            }
        }
    }

    private static long sandboxes(Vitals vitals) {
        return vitals.get("idle") + vitals.get("running");
    }

    private static void report(Report report, Vitals before, Vitals after, Figures figures) {
        figures.count("wrong", report.other());
        figures.count("threads_delta", after.since(before, "threads"));
        figures.count("fds_delta", after.since(before, "fds"));
        figures.count("sandboxes_delta", sandboxes(after) - sandboxes(before));
        figures.value("heap_ratio", (double) after.get("heap") / before.get("heap"), 2);
    }
}
