package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.InterpreterMachine;
import dev.mayfly.guests.Guests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs in the interpreter ends when it must, however it goes round. */
class CheckpointsTest {
    @TempDir private Path folder;

    /** A function, of index 0 and type 0, that never ends. */
    private enum ForEver {
        BRANCH(0x03, 0x40, 0x0C, 0, 0x0B),
        BRANCH_IF(0x03, 0x40, 0x41, 1, 0x0D, 0, 0x0B),
        BRANCH_BY_TABLE(0x03, 0x40, 0x41, 0, 0x0E, 0, 0, 0x0B),
        BRANCH_IF_NULL(0x03, 0x40, 0xD0, 0x70, 0xD5, 0, 0x1A, 0x0B),
        BRANCH_IF_WITH_A_VALUE(0x41, 0, 0x03, 1, 0x41, 1, 0x0D, 0, 0x0B, 0x1A),
        BRANCH_IF_FROM_INSIDE(0x03, 0x40, 0x02, 0x40, 0x41, 1, 0x0D, 1, 0x0B, 0x0B),
        CALL_IN_ITS_PLACE(0x12, 0),
        INDIRECT_CALL_IN_ITS_PLACE(0x41, 0, 0x13, 0, 0);

        private final int[] instructions;

        ForEver(int... instructions) {
            this.instructions = instructions;
        }

        /** With a vector behind it, so that it is interpreted. */
        WasmBytes body() {
            WasmBytes vector = new WasmBytes().raw(0xFD, 12).repeat(16, 0).raw(0x1A);
            return new WasmBytes().u32(0).raw(instructions).add(vector).raw(0x0B);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
    void aRunThatIsInterruptedEnds(ForEver body) {
        FrozenFunction frozen =
                new LoadBench(folder)
                        .ready(module(WasmBytes.export("_start", 0), body.body()))
                        .function();
        assertThat(frozen.snapshot().module().interpreted()).isTrue();
        try (var interrupter = new Interrupter()) {
            interrupter.aim(Duration.ofMillis(20).toNanos());
            Ending ending =
                    Sandbox.copyOf(frozen.snapshot())
                            .call(frozen.entrypoint(), new SampleRequest("/"));
            interrupter.disarm();
            assertThat(ending).isEqualTo(new Ending.Interrupted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInitialiserThatIsInterruptedEnds(ForEver body) {
        WasmBytes exports = WasmBytes.reactorExports();
        var bench = new LoadBench(folder).timeout(Duration.ofMillis(100));
        assertThat(bench.problems(module(exports, body.body(), WasmBytes.body())))
                .singleElement()
                .asString()
                .contains("did not end within limits.timeout");
        Awaitility.await().until(CheckpointsTest::nothingLoads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello-c", "hello-rust", "echo-c"})
    void aProgramSaysTheSameWithThem(String guest) throws Exception {
        byte[] program = Guests.module(guest);
        FrozenFunction compiled = new LoadBench(folder).ready(program).function();
        Sandbox interpreted =
                Sandbox.instantiate(interpreted(program), compiled.snapshot().limits());
        var asked = new SampleRequest("/x");
        assertThat(interpreted.call(compiled.entrypoint(), asked)).isEqualTo(Ending.Exited.SUCCESS);
        assertThat(asked.output())
                .isNotEmpty()
                .isEqualTo(LoadBench.answer(compiled.snapshot(), compiled.entrypoint(), "/x"));
    }

    /** The module of {@code program} with them, all of it interpreted. */
    private static CompiledModule interpreted(byte[] program) throws UnloadableException {
        return new CompiledModule(
                ModuleReader.parseBare(BareModule.of(program, true, true)),
                OptionalInt.empty(),
                InterpreterMachine::new,
                ModuleReader.digest(program),
                true,
                false,
                0);
    }

    private static boolean nothingLoads() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("mayfly-load"));
    }

    /** Type 0 is {@code () -> ()}, type 1 {@code i32 -> i32}; the table has function 0. */
    private static byte[] module(WasmBytes exports, WasmBytes... bodies) {
        WasmBytes types = new WasmBytes().u32(2).raw(0x60, 0, 0).raw(0x60, 1, 0x7F, 1, 0x7F);
        return WasmBytes.module(
                WasmBytes.section(1, types),
                WasmBytes.functions(bodies.length),
                WasmBytes.section(4, new WasmBytes().u32(1).raw(0x70, 0, 1)),
                WasmBytes.memory(1),
                exports,
                WasmBytes.section(9, new WasmBytes().u32(1).raw(0, 0x41, 0, 0x0B, 1, 0)),
                WasmBytes.code(bodies));
    }
}
