package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.sun.management.ThreadMXBean;
import dev.mayfly.guests.Guests;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a sandbox says about a run, and which runs it survives. */
class SandboxTest {
    private static final SandboxLimits LIMITS = new SandboxLimits(64, 1000, 1000, List.of());
    private static final int FIRST = 0;

    /** {@code () -> ()} with {@code code}, in a module of one page. */
    private static CompiledModule command(CodeBytes code) {
        return compile(WasmBytes.command(code.body(0, 0)), false, false);
    }

    private static CompiledModule compile(byte[] bytes, boolean interpreted, boolean references) {
        var module = Parser.parse(bytes);
        return new CompiledModule(
                module,
                OptionalInt.empty(),
                MachineFactoryCompiler.compile(module),
                "test",
                interpreted,
                references,
                0);
    }

    private static Sandbox copy(CompiledModule module) {
        return Sandbox.copyOf(Sandbox.instantiate(module, LIMITS).freeze());
    }

    private static void assertTraps(CodeBytes code, String reason) {
        Sandbox sandbox = copy(command(code));
        assertThat(sandbox.call(FIRST, Tape.empty()))
                .isInstanceOfSatisfying(
                        Ending.Trapped.class,
                        trapped -> assertThat(trapped.reason()).contains(reason));
        assertThat(sandbox.reset()).isFalse();
    }

    @Test
    void aTrapIsNamedAndCostsTheSandbox() {
        assertTraps(new CodeBytes().op(0x00), "unreachable");
        assertTraps(new CodeBytes().i32(1).i32(0).op(0x6E).drop(), "divide by zero");
        assertTraps(new CodeBytes().i32(65533).access(0x28, 0).drop(), "out of bounds memory");
        assertTraps(new CodeBytes().i32(-1).access(0x2D, 0).drop(), "out of bounds memory");
        assertTraps(new CodeBytes().i32(0).i32(1).access(0x36, 65536), "out of bounds memory");
    }

    @Test
    void endlessRecursionExhaustsTheStackOfItsOwnRunOnly() {
        assertTraps(new CodeBytes().call(FIRST), "call stack exhausted");
        assertThat(copy(command(new CodeBytes().grow(1).drop())).call(FIRST, Tape.empty()))
                .isEqualTo(Ending.Exited.SUCCESS);
    }

    @Test
    void anInterruptEndsAnEndlessLoop() {
        Sandbox sandbox = copy(command(new CodeBytes().op(0x03, 0x40, 0x0C, 0, 0x0B)));
        Thread.currentThread().interrupt();
        assertThat(sandbox.call(FIRST, Tape.empty())).isEqualTo(Ending.Interrupted.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sandbox.reset()).isFalse();
    }

    @Test
    void aRunThatReturnsIsUndone() {
        var code = new CodeBytes().i32(4095).i32(7).access(0x36, 0).grow(3).drop();
        Sandbox sandbox = copy(command(code));
        for (int i = 0; i < 3; i++) {
            assertThat(sandbox.call(FIRST, Tape.empty())).isEqualTo(Ending.Exited.SUCCESS);
            assertThat(sandbox.reset()).isTrue();
            assertThat(sandbox.dirtyPages()).isEqualTo(2);
            assertThat(sandbox.grownPages()).isEqualTo(3);
        }
    }

    @Test
    @Tag("limit:Sandbox.KEPT_GROWTH")
    void aSandboxThatGrewVeryLargeIsNotKept() {
        var module = command(new CodeBytes().grow(300).drop());
        var limits = new SandboxLimits(400, 0, 0, List.of());
        Sandbox sandbox = Sandbox.copyOf(Sandbox.instantiate(module, limits).freeze());
        assertThat(sandbox.call(FIRST, Tape.empty())).isEqualTo(Ending.Exited.SUCCESS);
        assertThat(sandbox.reset()).isFalse();
        assertThat(sandbox.grownPages()).isEqualTo(300);
    }

    @Test
    void aModuleWhoseReferencesCannotBeRestoredIsNeverReset() {
        byte[] bytes = WasmBytes.command(new CodeBytes().grow(0).drop().body(0, 0));
        Sandbox sandbox = copy(compile(bytes, false, true));
        assertThat(sandbox.call(FIRST, Tape.empty())).isEqualTo(Ending.Exited.SUCCESS);
        assertThat(sandbox.reset()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(sandbox::freeze);
    }

    @Test
    void anExitThatCutsOffTheInterpreterCostsTheSandboxAndOthersDoNot() {
        byte[] bytes = Guests.module("echo-c");
        for (boolean interpreted : new boolean[] {true, false}) {
            CompiledModule module = compile(bytes, interpreted, false);
            Sandbox sandbox = copy(module);
            var tape = new Tape(new byte[0], "QUERY_STRING=exit=3");
            assertThat(sandbox.call(module.function("_start").orElseThrow(), tape))
                    .isEqualTo(new Ending.Exited(3));
            assertThat(sandbox.reset()).isEqualTo(!interpreted);
        }
    }

    @Test
    void aFloodEndsTheRun() {
        CompiledModule module = compile(Guests.module("echo-c"), false, false);
        Sandbox sandbox = copy(module);
        var tape = new Tape(new byte[0], "QUERY_STRING=body=100000");
        assertThat(sandbox.call(module.function("_start").orElseThrow(), tape))
                .isEqualTo(new Ending.OutputExceeded(1000));
        assertThat(sandbox.reset()).isFalse();
    }

    @Test
    void whatAGuestSaysIsTheSameEachTime() {
        CompiledModule module = compile(Guests.module("echo-c"), false, false);
        Sandbox sandbox = copy(module);
        for (int i = 0; i < 20; i++) {
            var tape = new Tape(new byte[0], "QUERY_STRING=count&remember=x" + i);
            assertThat(sandbox.call(module.function("_start").orElseThrow(), tape))
                    .isEqualTo(Ending.Exited.SUCCESS);
            assertThat(tape.text()).contains("count 1");
            assertThat(sandbox.reset()).isTrue();
        }
    }

    @Test
    void aResetAllocatesNothing() {
        CompiledModule module = compile(Guests.module("hello-c"), false, false);
        Sandbox sandbox = copy(module);
        int start = module.function("_start").orElseThrow();
        for (int i = 0; i < 3; i++) {
            sandbox.call(start, Tape.empty());
            sandbox.reset();
        }
        sandbox.call(start, Tape.empty());
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean reset = sandbox.reset();
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(reset).isTrue();
        assertThat(sandbox.dirtyPages()).isPositive();
        assertThat(after - before).isZero();
    }

    @Test
    void onlyACopyCanBeReset() {
        Sandbox sandbox = Sandbox.instantiate(command(new CodeBytes()), LIMITS);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(sandbox::reset);
    }

    @Test
    @Tag("limit:Assembly.MOST_ENTRIES")
    void aTableGrowsWithinTheLimitOfASandbox() {
        var code = new CodeBytes();
        code.op(0xD0, 0x70).i32(1 << 20).bulk(15, 0).i32(1).op(0x6A, 0x04, 0x40, 0x00, 0x0B);
        code.op(0xD0, 0x70).i32(Integer.MAX_VALUE).bulk(15, 0).i32(1);
        code.op(0x6A, 0x04, 0x40, 0x00, 0x0B);
        code.op(0xD0, 0x70).i32(1000).bulk(15, 0).drop();
        Sandbox sandbox = copy(compile(withTable(10, code), false, false));
        assertThat(sandbox.call(FIRST, Tape.empty())).isEqualTo(Ending.Exited.SUCCESS);
        assertThat(sandbox.reset()).isTrue();
    }

    @Test
    void whatIsTooLargeFromTheStartIsRefused() {
        assertRefused(withTable(2_000_000, new CodeBytes()), "a table of 2000000 entries");
        byte[] large =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.memory(65),
                        WasmBytes.code(new CodeBytes().body(0, 0)));
        assertRefused(large, "initial memory of 65 pages (expected: at most 64)");
    }

    private static void assertRefused(byte[] module, String words) {
        CompiledModule compiled = compile(module, false, false);
        assertThatExceptionOfType(ChicoryException.class)
                .isThrownBy(() -> Sandbox.instantiate(compiled, LIMITS))
                .withMessageContaining(words);
    }

    private static byte[] withTable(int entries, CodeBytes code) {
        return WasmBytes.module(
                WasmBytes.oneType(),
                WasmBytes.functions(1),
                WasmBytes.section(4, new WasmBytes().u32(1).raw(0x70, 0).u32(entries)),
                WasmBytes.code(code.body(0, 0)));
    }
}
