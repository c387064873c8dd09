package dev.mayfly.load;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Ten thousand apps in one process of 2 GiB: what each costs while it is cold, what a module costs
 * while it is warm, and whether a function that is in use notices.
 *
 * <p>Three processes, so that none has what another left behind: one with static answers (the price
 * of the routes alone), one with the functions, one with warm modules.
 */
final class DensityScenario implements Scenario {
    private static final int APPS = 10_000;
    private static final int DIGESTS = 200;
    private static final String HEAP = "-Xmx2g";
    private static final String HOT = "hot";
    private static final double PER_SECOND = 200;
    private static final Duration ROUND = Duration.ofSeconds(20);
    private static final int CALLERS = 4;

    /** Settings of a function that stays warm throughout. */
    private static final String LASTING = "pool = { idle_timeout = \"1h\" }";

    @Override
    public String name() {
        return "density";
    }

    @Override
    public String summary() {
        return "bytes of a cold app and of a warm module; a hot function beside 10,000 apps";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        int apps = effort.count(APPS, 40);
        Fleet fleet = new Fleet("app", Kind.C, apps, 0, effort.count(DIGESTS, 4));
        double route = routeBytes(apps);
        double warm = warmBytes(fleet);
        try (HostedGateway gateway = withHot()) {
            double one = hotP99(gateway, effort);
            double app = coldBytes(gateway, fleet);
            long loaders = gateway.tell("loaders").get("loaders");
            double many = hotP99(gateway, effort);
            figures.row("a route with a static answer", bytes(route));
            figures.row("a route with a cold function", bytes(app));
            figures.row("p99 of a hot function with one app", Figures.rounded(one, 2) + " ms");
            figures.row("the same with " + apps, Figures.rounded(many, 2) + " ms");
            figures.value("cold_app_bytes", app - route, 0);
            figures.value("warm_app_bytes", warm, 0);
            figures.value("p99_ratio", many / one, 2);
            figures.count("loaders_after", loaders);
        }
    }

    private static String bytes(double value) {
        return Figures.rounded(value, 0) + " bytes";
    }

    private static double routeBytes(int apps) throws IOException, InterruptedException {
        try (HostedGateway gateway = withHot()) {
            Tiers.awaitCold(gateway);
            Vitals before = gateway.tell("collect");
            List<String> manifests = new ArrayList<>();
            for (int i = 0; i < apps; i++) {
                manifests.add(Apps.still("app-" + i, "still"));
            }
            gateway.deploy(manifests);
            LongFunction<Ask> asks = n -> Ask.get(Apps.host("app-" + n), "/", "still");
            once(gateway, apps, asks);
            Tiers.awaitCold(gateway);
            return (double) gateway.tell("collect").since(before, "heap") / apps;
        }
    }

    /** Heap and metaspace of a module in use, its image subtracted. */
    private static double warmBytes(Fleet fleet) throws IOException, InterruptedException {
        Fleet single = new Fleet("warm", fleet.kind(), fleet.digests(), 0, fleet.digests());
        try (HostedGateway gateway = withHot()) {
            Tiers.awaitCold(gateway);
            Vitals before = gateway.tell("collect");
            gateway.deploy(single.prepare(gateway, LASTING));
            Vitals after = gateway.tell("collect");
            long held = after.since(before, "heap") + after.since(before, "metaspace");
            return (double) (held - after.since(before, "images")) / fleet.digests();
        }
    }

    private static double coldBytes(HostedGateway gateway, Fleet fleet)
            throws IOException, InterruptedException {
        Tiers.awaitCold(gateway);
        Vitals before = gateway.tell("collect");
        gateway.deploy(fleet.prepare(gateway, Tiers.BRIEF));
        once(gateway, fleet.apps(), fleet::ask);
        Tiers.awaitCold(gateway);
        return (double) gateway.tell("collect").since(before, "heap") / fleet.apps();
    }

    /** A gateway with one function that was called. */
    private static HostedGateway withHot() throws IOException, InterruptedException {
        HostedGateway gateway = HostedGateway.start(HEAP, Map.of());
        gateway.module("hot.wasm", Guests.module("hello-rust"));
        gateway.deploy(List.of(Apps.function(HOT, "hot.wasm", Tiers.BRIEF)));
        once(gateway, 100, DensityScenario::hot);
        return gateway;
    }

    private static Ask hot(long n) {
        return Ask.get(Apps.host(HOT), "/", "hello GET / from 127.0.0.1\n");
    }

    private static void once(HostedGateway gateway, int requests, LongFunction<Ask> asks)
            throws InterruptedException {
        gateway.driver().each(CALLERS, requests, asks).flawless();
    }

    private static double hotP99(HostedGateway gateway, Effort effort) throws InterruptedException {
        Driver driver = gateway.driver();
        driver.saturate(CALLERS, effort.warmUp(), DensityScenario::hot).flawless();
        Pace pace = new Pace(PER_SECOND, effort.span(ROUND), CALLERS);
        List<Double> rounds = new ArrayList<>();
        for (int i = 0; i < effort.rounds(); i++) {
            rounds.add(driver.steady(pace, DensityScenario::hot).flawless().accepted().millis(99));
        }
        return Medians.of(rounds.stream().mapToDouble(Double::doubleValue));
    }
}
