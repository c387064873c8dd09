package dev.mayfly.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path caches = Files.createTempDirectory("mayfly-bench");
        start(checkout, Map.of("XDG_CACHE_HOME", caches.toString())); // builds what is missing
        List<Double> cold = new ArrayList<>();
        List<Double> later = new ArrayList<>();
        for (int i = 0; i < effort.starts(); i++) {
            Map<String, String> empty = new HashMap<>();
            empty.put("XDG_CACHE_HOME", Files.createTempDirectory("mayfly-bench").toString());
            empty.put("MAYFLY_AOT", "off");
            cold.add(start(checkout, empty));
            later.add(start(checkout, Map.of("XDG_CACHE_HOME", caches.toString())));
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

    private static double start(Checkout checkout, Map<String, String> environment)
            throws IOException, InterruptedException {
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
