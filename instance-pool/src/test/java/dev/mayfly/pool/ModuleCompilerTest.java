package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.dylibso.chicory.runtime.Instance;
import dev.mayfly.guests.Guests;
import dev.mayfly.pool.ModuleReport.Interpreted;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is compiled, and what is left to the interpreter. */
class ModuleCompilerTest {
    @Test
    void everyFunctionOfAnOrdinaryModuleIsCompiled() throws Exception {
        CompiledClasses compiled = compile(Guests.module("hello-c"));
        assertThat(compiled.classes()).containsKey(CompiledClasses.MACHINE);
        assertThat(compiled.interpreted()).isEmpty();
    }

    @Test
    @Tag("limit:ModuleCompiler.NEVER_FITS")
    void aFunctionAboveTheSizeOfAJvmMethodIsInterpretedAndTheOthersAreNot() throws Exception {
        WasmBytes large = new WasmBytes().u32(0).repeat(10_000, 0x41, 0, 0x28, 2, 0, 0x1A);
        byte[] module = twoFunctions(large.raw(0x0B));
        CompiledClasses compiled = compile(module);
        assertThat(compiled.classes()).isNotEmpty();
        assertThat(compiled.interpreted())
                .containsExactly(
                        new Interpreted("function 1", 60_002, "too large for a JVM method"));
    }

    @Test
    void aFunctionThatUsesSimdIsInterpreted() throws Exception {
        WasmBytes simd = new WasmBytes().u32(0).raw(0xFD, 12).repeat(16, 0).raw(0x1A, 0x0B);
        CompiledClasses compiled = compile(twoFunctions(simd));
        assertThat(compiled.interpreted())
                .containsExactly(new Interpreted("function 1", 21, "uses SIMD"));
    }

    @Test
    void aSignatureTheCompilerDoesNotKnowLeavesTheWholeModuleToTheInterpreter() throws Exception {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.section(
                                1, new WasmBytes().u32(1).raw(0x60).u32(1).raw(0x7B).u32(0)),
                        WasmBytes.functions(1),
                        WasmBytes.code(WasmBytes.body()));
        CompiledClasses compiled = compile(module);
        assertThat(compiled.classes()).isEmpty();
        assertThat(compiled.interpreted())
                .singleElement()
                .extracting(Interpreted::function)
                .isEqualTo("every function");
    }

    @Test
    void anInterruptEndsACompilation() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> compile(Guests.module("hello-c")));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aModuleWithoutItsBodiesRunsAsBefore() throws Exception {
        WasmBytes adds = WasmBytes.body(0x20, 0, 0x41, 1, 0x6A);
        byte[] bytes =
                WasmBytes.module(
                        WasmBytes.section(
                                1,
                                new WasmBytes().u32(1).raw(0x60).u32(1).raw(0x7F).u32(1).raw(0x7F)),
                        WasmBytes.functions(1),
                        WasmBytes.export("next", 0),
                        WasmBytes.code(adds));
        var stripped = ModuleReader.parseWithoutBodies(bytes);
        Instance instance =
                Instance.builder(stripped)
                        .withMachineFactory(
                                GuestClasses.verified(
                                        compile(bytes).source(), ClassLayout.MACHINE_ONLY))
                        .build();
        assertThat(instance.export("next").apply(41)).containsExactly(42);
    }

    private static byte[] twoFunctions(WasmBytes second) {
        return WasmBytes.module(
                WasmBytes.oneType(),
                WasmBytes.functions(2),
                WasmBytes.memory(1),
                WasmBytes.export("_start", 0),
                WasmBytes.code(WasmBytes.body(), second));
    }

    private static CompiledClasses compile(byte[] module) throws UnloadableException {
        return ModuleCompiler.compile(ModuleReader.parse(module), ModuleReader.outline(module));
    }
}
