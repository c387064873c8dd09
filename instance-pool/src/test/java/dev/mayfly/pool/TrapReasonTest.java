package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.Parser;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A trap has the same words, however hot the code is that traps. */
class TrapReasonTest {
    private static final SandboxLimits LIMITS = new SandboxLimits(64, 1000, 1000, List.of());

    @Test
    void whatTheJvmSaysOfItsOwnExceptionsIsLeftOut() {
        assertThat(TrapReason.of(new IndexOutOfBoundsException("Index 80 out of bounds")))
                .isEqualTo(TrapReason.of(new ArrayIndexOutOfBoundsException()))
                .isEqualTo("out of bounds memory access");
        assertThat(TrapReason.of(new ArithmeticException("/ by zero")))
                .isEqualTo(TrapReason.of(new ArithmeticException()));
    }

    /** Long enough for the JVM to compile the access, after which it throws without a message. */
    @Test
    void theSameTrapHasTheSameWordsEachTime() {
        var module =
                Parser.parse(
                        WasmBytes.command(
                                new CodeBytes().i32(16 << 20).access(0x28, 0).drop().body(0, 0)));
        var compiled =
                new CompiledModule(
                        module,
                        OptionalInt.empty(),
                        MachineFactoryCompiler.compile(module),
                        "test",
                        false,
                        false,
                        0);
        Snapshot snapshot = Sandbox.instantiate(compiled, LIMITS).freeze();
        Set<Ending> endings = new HashSet<>();
        for (int i = 0; i < 60_000; i++) {
            endings.add(Sandbox.copyOf(snapshot).call(0, Tape.empty()));
        }
        assertThat(endings).containsExactly(new Ending.Trapped("out of bounds memory access"));
    }
}
