package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * A table that grew in one instance must not be larger in the next. The runtime's own table writes
 * its growth into the module, which all instances share; the first test tells when that is mended
 * and {@link TrackedTable} may become simpler.
 */
class TableGrowthTest {
    private static final int GROW = 0;

    private final WasmModule module = Parser.parse(growsItsTable());

    @Test
    void theRuntimesOwnTableLeaksItsGrowthIntoTheNextInstance() {
        Instance.builder(module).build().getMachine().call(GROW, new long[0]);
        Instance next = Instance.builder(module).build();
        assertThat(next.table(0).size()).isEqualTo(15);
    }

    @Test
    void aTrackedTableDoesNot() {
        var compiled =
                new CompiledModule(
                        module,
                        OptionalInt.empty(),
                        MachineFactoryCompiler.compile(module),
                        "table",
                        false,
                        false,
                        0);
        var limits = new SandboxLimits(1, 0, 0, List.of());
        Snapshot snapshot = Sandbox.instantiate(compiled, limits).freeze();
        assertThat(Sandbox.copyOf(snapshot).call(GROW, Tape.empty()))
                .isEqualTo(Ending.Exited.SUCCESS);
        assertThat(Sandbox.instantiate(compiled, limits).freeze().tables()[0]).hasSize(10);
        assertThat(Sandbox.copyOf(snapshot).freeze().tables()[0]).hasSize(10);
    }

    /** One table of 10 entries; {@code grow} grows it by 5. */
    private static byte[] growsItsTable() {
        return WasmBytes.module(
                WasmBytes.oneType(),
                WasmBytes.functions(1),
                WasmBytes.section(4, new WasmBytes().u32(1).raw(0x70, 0, 10)),
                WasmBytes.export("grow", GROW),
                WasmBytes.code(
                        new CodeBytes().op(0xD0, 0x70).i32(5).bulk(15, 0).drop().body(0, 0)));
    }
}
