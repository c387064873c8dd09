package dev.mayfly.pool;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a fresh copy costs without a reset: the runtime's own way, and a sandbox of ours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BuildBenchmark {
    /** A guest. */
    @Param({"hello-c", "hello-rust"})
    public String guest = "";

    private WasmModule module;
    private Function<Instance, Machine> compiled;
    private BenchGuest loaded;

    /** Only for the benchmark's own harness. */
    @SuppressWarnings("NullAway.Init") // set in load(), before any build
    public BuildBenchmark() {}

    /**
     * Compiles the guest both ways.
     *
     * @throws IOException when there is no room for its classes
     */
    @Setup(Level.Trial)
    public void load() throws IOException {
        module = Parser.parse(Guests.module(guest));
        compiled = MachineFactoryCompiler.compile(module);
        loaded = BenchGuest.load(guest + "/_start");
    }

    /**
     * Builds an instance with the runtime's WASI and memory, its start not yet called.
     *
     * @return the instance
     */
    @Benchmark
    public Instance build() {
        WasiPreview1 wasi =
                WasiPreview1.builder().withOptions(WasiOptions.builder().build()).build();
        return Instance.builder(module)
                .withImportValues(
                        ImportValues.builder().addFunction(wasi.toHostFunctions()).build())
                .withMachineFactory(compiled)
                .withStart(false)
                .build();
    }

    /**
     * Copies a snapshot, as a pool does that has no idle sandbox.
     *
     * @return the sandbox
     */
    @Benchmark
    public Object copy() {
        return loaded.sandbox();
    }
}
