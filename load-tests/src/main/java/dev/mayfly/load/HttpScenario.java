package dev.mayfly.load;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How near functions come to a server that does nothing.
 *
 * <p>Two processes, both with the launcher's flags and one event loop: the raw Vert.x handler, and
 * {@code mayfly up} with a static response and the two hello guests. One is asked while the other
 * idles. Every round asks each target once, so that what else the machine does falls on all of them
 * alike.
 */
final class HttpScenario implements Scenario {
    private static final String APP =
            """
            manifest_version = 1
            [app]
            name = "bench"
            [[trigger.http]]
            route = "/static"
            static_response = { status = 200, headers = { content-type = "text/plain" }, body = "hello GET /static\\n" }
            [[trigger.http]]
            route = "/c"
            function = "c"
            [[trigger.http]]
            route = "/rust"
            function = "rust"
            [function.c]
            source = "hello-c.wasm"
            [function.rust]
            source = "hello-rust.wasm"
            """;

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String summary() {
        return "requests a second: raw Vert.x, static response, hello in C and in Rust";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        checkout.build();
        try (Scratch app = writeApp();
                Server raw = startRaw();
                Server mayfly = startMayfly(checkout, app.folder())) {
            Map<String, URI> targets = new LinkedHashMap<>();
            targets.put("raw", raw.at("/raw"));
            targets.put("static", mayfly.at("/static"));
            targets.put("c", mayfly.at("/c"));
            targets.put("rust", mayfly.at("/rust"));
            Map<String, Load.Rate> at16 = rates(targets, 16, effort, figures);
            Map<String, Load.Rate> at64 = rates(targets, 64, effort, figures);
            report(at16, at64, figures);
        }
    }

    private static void report(
            Map<String, Load.Rate> at16, Map<String, Load.Rate> at64, Figures figures) {
        at16.forEach((name, rate) -> figures.value(name + "_rps", rate.perSecond(), 0));
        figures.value("c_over_static", ratio(at16, "c", "static"), 2);
        figures.value("c_over_static_c64", ratio(at64, "c", "static"), 2);
        figures.value("static_over_raw", ratio(at16, "static", "raw"), 2);
        figures.value("c_p99_us", of(at16, "c").p99Micros(), 0);
    }

    private static double ratio(Map<String, Load.Rate> rates, String one, String other) {
        return of(rates, one).perSecond() / of(rates, other).perSecond();
    }

    private static Load.Rate of(Map<String, Load.Rate> rates, String name) {
        Load.Rate rate = rates.get(name);
        if (rate == null) {
            throw new IllegalArgumentException(
                    "rate: " + name + " (expected one of " + rates.keySet() + ")");
        }
        return rate;
    }

    private static Map<String, Load.Rate> rates(
            Map<String, URI> targets, int connections, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        Load load = Load.best();
        Map<String, List<Load.Rate>> rounds = new LinkedHashMap<>();
        for (Map.Entry<String, URI> target : targets.entrySet()) {
            load.drive(target.getValue(), connections, effort.warmUp());
            rounds.put(target.getKey(), new ArrayList<>());
        }
        for (int round = 0; round < effort.rounds(); round++) {
            for (Map.Entry<String, List<Load.Rate>> taken : rounds.entrySet()) {
                URI target = targets.getOrDefault(taken.getKey(), URI.create("/"));
                taken.getValue().add(load.drive(target, connections, effort.round()));
            }
        }
        Map<String, Load.Rate> medians = new LinkedHashMap<>();
        rounds.forEach((name, taken) -> medians.put(name, Load.Rate.median(taken)));
        medians.forEach((name, rate) -> figures.row(name + " -c" + connections, rate.describe()));
        return medians;
    }

    private static Scratch writeApp() throws IOException {
        Scratch app = Scratch.make();
        Files.writeString(app.folder().resolve("app.toml"), APP);
        for (String guest : List.of("hello-c", "hello-rust")) {
            Files.write(app.folder().resolve(guest + ".wasm"), Guests.module(guest));
        }
        return app;
    }

    private static Server startMayfly(Checkout checkout, Path app)
            throws IOException, InterruptedException {
        int port = Server.freePort();
        return Server.start(
                List.of(
                        checkout.launcher().toString(),
                        "up",
                        app.toString(),
                        "--listen",
                        "127.0.0.1:" + port),
                Map.of("MAYFLY_EVENT_LOOPS", "1", "MAYFLY_ACCESS_LOG", "false"),
                port,
                "/c");
    }

    /** With the flags of the launcher. */
    private static Server startRaw() throws IOException, InterruptedException {
        int port = Server.freePort();
        List<String> command =
                Jvm.command(RawServer.class, "-XX:MaxRAMPercentage=50", String.valueOf(port));
        return Server.start(command, Map.of(), port, "/raw");
    }
}
