package dev.mayfly.pool;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to forget a request: the reset alone, each one after a real run. Single resets are
 * timed (reading the clock twice is in the figure, about 0.03 µs), since a run must come before
 * each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResetBenchmark {
    /** A guest and its entrypoint. */
    @Param({
        "hello-c/_start",
        "hello-rust/_start",
        "pages-c/touch_1",
        "pages-c/touch_8",
        "pages-c/touch_64"
    })
    public String guest = "";

    private BenchGuest loaded;
    private Sandbox sandbox;

    /** Only for the benchmark's own harness. */
    @SuppressWarnings("NullAway.Init") // set in load(), before any run
    public ResetBenchmark() {}

    /**
     * Loads the guest.
     *
     * @throws IOException when there is no room for its classes
     */
    @Setup(Level.Trial)
    public void load() throws IOException {
        loaded = BenchGuest.load(guest);
        sandbox = loaded.sandbox();
    }

    /** Dirties the sandbox with one request. */
    @Setup(Level.Invocation)
    public void run() {
        loaded.run(sandbox);
    }

    /**
     * Resets it.
     *
     * @return whether it may be used again
     */
    @Benchmark
    public boolean reset() {
        return sandbox.reset();
    }
}
