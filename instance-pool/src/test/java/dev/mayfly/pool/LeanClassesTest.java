package dev.mayfly.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.WasmModule;
import dev.mayfly.guests.Guests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the compiler's classes does the same. */
class LeanClassesTest {
    private static final int PROC_EXIT = 0;
    private static final int START = 1;
    private static final int IN_A_SEGMENT = 2;
    private static final int PUT_BY_THE_GUEST = 3;
    private static final int NOWHERE = 4;

    @TempDir private Path folder;

    @Test
    void indirectCallsReachWhatATableCanHold() {
        FrozenFunction frozen = new LoadBench(folder).ready(calls()).function();
        Sandbox sandbox = Sandbox.copyOf(frozen.snapshot());
        Ending ending = sandbox.call(frozen.entrypoint(), new SampleRequest("/"));
        assertThat(ending).isEqualTo(new Ending.Exited(11));
    }

    @Test
    void indirectCallsDoNotNameWhatNoTableCanHold() throws UnloadableException {
        Map<String, byte[]> lean = lean(calls()).classes();
        assertThat(constants(lean, CompiledClasses.MACHINE))
                .contains("func_" + IN_A_SEGMENT, "func_" + PUT_BY_THE_GUEST)
                .doesNotContain("func_" + NOWHERE);
    }

    @Test
    void nothingIsKeptForCallsFromOutside() throws UnloadableException {
        CompiledClasses all = compiled(Guests.module("hello-rust"));
        CompiledClasses lean = lean(Guests.module("hello-rust"));
        assertThat(lean.classes()).doesNotContainKey(CompiledClasses.MACHINE + "MachineCall");
        assertThat(constants(lean.classes(), CompiledClasses.MACHINE + "FuncGroup_0"))
                .containsPattern("func_\\d")
                .doesNotContainPattern("call_\\d");
        assertThat(lean.bytes()).isLessThan(all.bytes() * 9 / 10);
    }

    @Test
    void whatARequestReachesIsInClassesOfItsOwnAndIndirectCallsOfItGoWithIt()
            throws UnloadableException {
        byte[] module = calls();
        CompiledClasses all = compiled(module);
        var reached = List.of(List.of(START), List.of(IN_A_SEGMENT));
        var layout = new ClassLayout(all.layout().perClass(), reached);
        Map<String, byte[]> lean =
                LeanClasses.of(all, ModuleReader.parse(module), layout).classes();
        String group = CompiledClasses.MACHINE + "FuncGroup_0";
        assertThat(lean.keySet())
                .startsWith(ClassLayout.reachedClass(0), ClassLayout.reachedClass(1));
        assertThat(constants(lean, CompiledClasses.MACHINE)).doesNotContain("func_");
        assertThat(constants(lean, ClassLayout.reachedClass(0)))
                .contains("func_" + START, LeanClasses.INDIRECT);
        assertThat(constants(lean, group))
                .contains("func_" + PUT_BY_THE_GUEST, "func_" + NOWHERE)
                .doesNotContain("func_" + START, "func_" + IN_A_SEGMENT);
    }

    @Test
    void aFunctionIsCalledWhereItIs() {
        var layout = new ClassLayout(4, List.of(List.of(9, 2), List.of(5)));
        assertThat(layout.classOf(2)).isEqualTo(ClassLayout.reachedClass(0));
        assertThat(layout.classOf(5)).isEqualTo(ClassLayout.reachedClass(1));
        assertThat(layout.classOf(7)).isEqualTo(CompiledClasses.MACHINE + "FuncGroup_1");
    }

    @Test
    void whatIsPartlyInterpretedStaysAsItIs() throws UnloadableException {
        WasmBytes simd = new WasmBytes().u32(0).raw(0xFD, 12).repeat(16, 0).raw(0x1A, 0x0B);
        byte[] module = WasmBytes.command(simd);
        CompiledClasses all = compiled(module);
        assertThat(LeanClasses.of(all, ModuleReader.parse(module), all.layout())).isSameAs(all);
    }

    /** Calls a function of a segment and one that it puts into the table, adding 1 and 10. */
    private static byte[] calls() {
        return WasmBytes.module(
                WasmBytes.section(1, new WasmBytes().u32(2).raw(0x60, 0, 0, 0x60, 1, 0x7F, 0)),
                imports(),
                WasmBytes.functions(4),
                WasmBytes.section(4, new WasmBytes().u32(1).raw(0x70, 0, 2)),
                WasmBytes.memory(1),
                WasmBytes.section(6, new WasmBytes().u32(1).raw(0x7F, 1, 0x41, 0, 0x0B)),
                WasmBytes.export("_start", START),
                elements(),
                WasmBytes.code(start(), adding(1), adding(10), adding(50)));
    }

    private static WasmBytes imports() {
        var exit = new WasmBytes().u32(1).name("wasi_snapshot_preview1").name("proc_exit");
        return WasmBytes.section(2, exit.raw(0, 1));
    }

    /** One segment in the table from the start, one that only declares. */
    private static WasmBytes elements() {
        var segments = new WasmBytes().u32(2).raw(0, 0x41, 0, 0x0B, 1, IN_A_SEGMENT);
        return WasmBytes.section(9, segments.raw(3, 0, 1, PUT_BY_THE_GUEST));
    }

    private static WasmBytes start() {
        int[] put = {0x41, 1, 0xD2, PUT_BY_THE_GUEST, 0x26, 0};
        int[] callBoth = {0x41, 0, 0x11, 0, 0, 0x41, 1, 0x11, 0, 0};
        int[] exitWithTheGlobal = {0x23, 0, 0x10, PROC_EXIT};
        return new WasmBytes().u32(0).raw(put).raw(callBoth).raw(exitWithTheGlobal).raw(0x0B);
    }

    private static WasmBytes adding(int number) {
        return WasmBytes.body(0x23, 0, 0x41, number, 0x6A, 0x24, 0);
    }

    private static String constants(Map<String, byte[]> classes, String name) {
        return new String(Objects.requireNonNull(classes.get(name)), ISO_8859_1);
    }

    private static CompiledClasses compiled(byte[] bytes) throws UnloadableException {
        WasmModule module = ModuleReader.parse(bytes);
        return ModuleCompiler.compile(module, ModuleReader.outline(bytes));
    }

    private static CompiledClasses lean(byte[] bytes) throws UnloadableException {
        CompiledClasses all = compiled(bytes);
        return LeanClasses.of(all, ModuleReader.parse(bytes), all.layout());
    }
}
