package dev.mayfly.load;

import dev.mayfly.pool.BuildBenchmark;
import dev.mayfly.pool.ResetAllocation;
import dev.mayfly.pool.ResetBenchmark;
import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What a fresh copy costs: a reset against a new instance. */
final class ResetScenario implements Scenario {
    private static final int COUNTED_RESETS = 10_000;

    @Override
    public String name() {
        return "reset";
    }

    @Override
    public String summary() {
        return "microseconds of a reset and of a new instance; bytes a reset allocates";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, RunnerException {
        double reset = 0;
        double build = 0;
        for (RunResult run : jmh(effort)) {
            String label = run.getPrimaryResult().getLabel();
            String guest = run.getParams().getParam("guest");
            double p50 = run.getPrimaryResult().getStatistics().getPercentile(50) / 1e3;
            double p99 = run.getPrimaryResult().getStatistics().getPercentile(99) / 1e3;
            figures.row(
                    label + " " + guest,
                    Figures.rounded(p50, 2) + " µs, p99 " + Figures.rounded(p99, 2) + " µs");
            reset = label.equals("reset") && guest.equals("hello-c/_start") ? p50 : reset;
            build = label.equals("build") && guest.equals("hello-c") ? p50 : build;
        }
        figures.value("reset_us_p50", reset, 2);
        figures.value("build_us_p50", build, 2);
        figures.value("build_over_reset", build / reset, 0);
        figures.value(
                "alloc_bytes", ResetAllocation.bytesPerReset("hello-c/_start", COUNTED_RESETS), 0);
    }

    private static Collection<RunResult> jmh(Effort effort) throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(ResetBenchmark.class.getName())
                        .include(BuildBenchmark.class.getName())
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .forks(1)
                        .warmupIterations(effort.quick() ? 1 : 4)
                        .warmupTime(TimeValue.seconds(effort.quick() ? 1 : 2))
                        .measurementIterations(effort.quick() ? 1 : 4)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs(
                                "-XX:-DontCompileHugeMethods",
                                "-XX:-ClipInlining",
                                "-XX:Tier3DelayOn=100000",
                                "-XX:+UseParallelGC",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Xmx1g");
        return new Runner(options.build()).run();
    }
}
