package dev.mayfly.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * What a neighbour that computes all it can does to a function of a millisecond: alone, beside the
 * neighbour, and beside as many plain threads as there are cores, which no gateway could hold back.
 */
final class FairnessScenario implements Scenario {
    private static final double PER_SECOND = 100;
    private static final int CONNECTIONS = 64;
    private static final Duration ROUND = Duration.ofSeconds(20);

    /** More than the half of the guest threads that a function may have. */
    private static final int LOOPERS = 16;

    private static final int LOOP_MILLIS = 200;
    private static final String QUICK = "quick";
    private static final String LOOPER = "looper";

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public String summary() {
        return "p99 of a 1 ms guest alone, beside one that loops, beside threads that spin";
    }

    /**
     * One round.
     *
     * @param p99 of the quick app, in milliseconds
     * @param cpu of the gateway, in cores
     */
    private record Stretch(double p99, double cpu) {}

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException, ExecutionException {
        List<Stretch> alone = new ArrayList<>();
        List<Stretch> beside = new ArrayList<>();
        List<Stretch> control = new ArrayList<>();
        int cores = Runtime.getRuntime().availableProcessors();
        try (HostedGateway gateway = HostedGateway.start("-Xmx1g", Map.of())) {
            deploy(gateway);
            long rounds = Workload.roundsPerMilli(gateway, QUICK, effort);
            LongFunction<Ask> asks = Workload.asks(QUICK, rounds);
            LongFunction<Ask> loops = Workload.asks(LOOPER, rounds * LOOP_MILLIS);
            beside(gateway, asks, loops, effort.warmUp());
            Duration time = effort.span(ROUND);
            for (int i = 0; i < effort.rounds(); i++) {
                alone.add(stretch(gateway, asks, time));
                beside.add(beside(gateway, asks, loops, time));
                gateway.tell("spin " + cores);
                control.add(stretch(gateway, asks, time));
                gateway.tell("spin 0");
            }
        }
        report(alone, beside, control, figures);
    }

    private static void deploy(HostedGateway gateway) throws IOException {
        Variants variants = Workload.variants();
        gateway.module("quick.wasm", variants.variant(0));
        gateway.module("looper.wasm", variants.variant(1));
        gateway.deploy(
                List.of(
                        Apps.function(QUICK, "quick.wasm"),
                        Apps.function(LOOPER, "looper.wasm", "limits = { timeout = \"30s\" }")));
    }

    private static Stretch stretch(HostedGateway gateway, LongFunction<Ask> asks, Duration time)
            throws IOException, InterruptedException {
        Vitals before = gateway.tell("vitals");
        long start = System.nanoTime();
        Report report =
                gateway.driver().steady(new Pace(PER_SECOND, time, CONNECTIONS), asks).flawless();
        double nanos = System.nanoTime() - start;
        double cpu = gateway.tell("vitals").since(before, "cpu_ns") / nanos;
        return new Stretch(report.accepted().millis(99), cpu);
    }

    private static Stretch beside(
            HostedGateway gateway, LongFunction<Ask> asks, LongFunction<Ask> loops, Duration time)
            throws IOException, InterruptedException, ExecutionException {
        // A second on either side, so that the looper loops throughout.
        Duration longer = time.plusSeconds(2);
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Report> looper =
                    background.submit(() -> gateway.driver().saturate(LOOPERS, longer, loops));
            Thread.sleep(Duration.ofSeconds(1));
            Stretch stretch = stretch(gateway, asks, time);
            looper.get().flawless();
            return stretch;
        }
    }

    private static void report(
            List<Stretch> alone, List<Stretch> beside, List<Stretch> control, Figures figures) {
        row(figures, "alone", alone);
        row(figures, "beside a looper", beside);
        row(figures, "beside threads that spin", control);
        double alonep99 = median(alone, Stretch::p99);
        double besidep99 = median(beside, Stretch::p99);
        int cores = Runtime.getRuntime().availableProcessors();
        figures.value("alone_p99_ms", alonep99, 2);
        figures.value("beside_p99_ms", besidep99, 2);
        figures.value("p99_ratio", besidep99 / alonep99, 2);
        figures.value("control_ratio", median(control, Stretch::p99) / alonep99, 2);
        // What the gateway used beyond the same load alone is the looper's.
        double looper = median(beside, Stretch::cpu) - median(alone, Stretch::cpu);
        figures.value("looper_cpu_share", looper / cores, 2);
    }

    private static void row(Figures figures, String label, List<Stretch> stretches) {
        List<String> all =
                stretches.stream()
                        .map(stretch ->
                                "p99 "
                                        + Figures.rounded(stretch.p99(), 2)
                                        + " ms at "
                                        + Figures.rounded(stretch.cpu(), 2)
                                        + " cores")
                        .toList();
        figures.row(label, String.join(", ", all));
    }

    private static double median(List<Stretch> stretches, ToDoubleFunction<Stretch> value) {
        return Medians.of(stretches.stream().mapToDouble(value));
    }
}
