package dev.mayfly.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a user waits: from the start of the launcher, on a checkout that is built, to the end of
 * the first answer of the template in C. Once as on the first run ever (no AOT cache, no compiled
 * guest on disk), once as on every later one.
 */
final class StartScenario implements Scenario {
    private static final String TEMPLATE = "sdk-templates/c";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String summary() {
        return "milliseconds from `mayfly up " + TEMPLATE + "` to the first answer";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        checkout.build();
        List<Double> cold = new ArrayList<>();
        List<Double> later = new ArrayList<>();
        try (Scratch cache = Scratch.make()) {
            start(checkout, cache, Map.of()); // compiles the guest
            for (int i = 0; i < effort.starts(); i++) {
                try (Scratch empty = Scratch.make()) {
                    cold.add(start(checkout, empty, Map.of("MAYFLY_AOT", "off")));
                }
                later.add(start(checkout, cache, Map.of()));
            }
        }
        add(figures, "first_answer_ms", "without AOT cache, guest compiled", cold);
        add(figures, "first_answer_aot_ms", "with AOT cache, guest from disk", later);
    }

    private static void add(Figures figures, String name, String label, List<Double> times) {
        double median = Medians.of(times.stream().mapToDouble(Double::doubleValue));
        List<String> all = times.stream().map(time -> Figures.rounded(time, 0)).toList();
        figures.row(label, Figures.rounded(median, 0) + " ms (" + String.join(" ", all) + ")");
        figures.value(name, median, 0);
    }

    private static double start(Checkout checkout, Scratch cache, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("XDG_CACHE_HOME", cache.folder().toString());
        int port = Server.freePort();
        List<String> command =
                List.of(
                        checkout.launcher().toString(),
                        "up",
                        checkout.root().resolve(TEMPLATE).toString(),
                        "--listen",
                        "127.0.0.1:" + port);
        try (Server server = Server.start(command, environment, port, "/")) {
            return server.firstAnswer().toNanos() / 1e6;
        }
    }
}
