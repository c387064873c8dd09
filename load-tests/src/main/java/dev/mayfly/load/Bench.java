package dev.mayfly.load;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command {@code load-tests/bench}. */
public final class Bench {
    private static final int USAGE = 2;
    private static final List<Scenario> SCENARIOS =
            List.of(
                    new ResetScenario(),
                    new HttpScenario(),
                    new StartScenario(),
                    new WatchScenario(),
                    new FairnessScenario(),
                    new OverloadScenario(),
                    new ColdScenario(),
                    new DensityScenario(),
                    new SoakScenario(),
                    new DeploysScenario(),
                    new DrainScenario(),
                    new ObservedScenario(),
                    new PeersScenario(),
                    new KafkaScenario(),
                    new LanguagesScenario(),
                    new TestRunnerScenario());

    private Bench() {}

    /**
     * Runs one scenario.
     *
     * @param args a scenario's name and options
     * @throws Exception when it cannot be measured
     */
    public static void main(String[] args) throws Exception {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        Effort effort = new Effort(words.remove("--quick"), seconds(words));
        if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
            out.print(usage());
            return 0;
        }
        Optional<Scenario> scenario = words.size() == 1 ? find(words.getFirst()) : Optional.empty();
        if (scenario.isEmpty()) {
            err.print("bench: " + words + " (expected: one scenario)\n\n" + usage());
            return USAGE;
        }
        measure(scenario.get(), effort, out);
        return 0;
    }

    /** Takes {@code --seconds N} out; 0 without it, or when N is no number above it. */
    private static int seconds(List<String> words) {
        int flag = words.indexOf("--seconds");
        if (flag < 0 || flag + 1 == words.size() || !words.get(flag + 1).matches("[1-9]\\d{0,5}")) {
            return 0; // what is left over is answered with the usage
        }
        words.remove(flag);
        return Integer.parseInt(words.remove(flag));
    }

    private static void measure(Scenario scenario, Effort effort, PrintStream out)
            throws Exception {
        Checkout checkout = new Checkout(Path.of(System.getProperty("mayfly.home", ".")));
        Figures figures = new Figures();
        scenario.measure(checkout, effort, figures);
        out.println(Machine.describe());
        out.print(figures.table());
        out.println(
                figures.result() + (effort.quick() ? " quick=true " : " ") + checkout.describe());
    }

    private static Optional<Scenario> find(String name) {
        return SCENARIOS.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    private static String usage() {
        StringBuilder text =
                new StringBuilder("usage: load-tests/bench SCENARIO [--quick] [--seconds N]\n\n");
        for (Scenario scenario : SCENARIOS) {
            text.append(
                    String.format(
                            Locale.ROOT, "  %-10s %s\n", scenario.name(), scenario.summary()));
        }
        return text.append("\n  --quick      short warm-up, one round: does it run, not how fast\n")
                .append("  --seconds N  of the long measurements of fairness, overload and soak\n")
                .toString();
    }
}
