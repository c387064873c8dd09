package dev.mayfly.pool;

import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Initialises the classes that a guest can be the first to reach.
 *
 * <p>A guest that has recursed to the end of its stack and then calls a host function may overflow
 * the stack inside a static initialiser. The JVM never runs that initialiser again: the class would
 * be broken for every other guest until the gateway is restarted. So they all run here, once, on a
 * thread with room: ours and the library's by name (a test compares the list with what the class
 * files hold), the JDK's by way of a guest that calls every host function.
 */
final class Groundwork {
    static final List<String> CLASSES =
            List.of(
                    "dev.mayfly.pool.Ending$Exited",
                    "dev.mayfly.pool.Ending$Interrupted",
                    "dev.mayfly.pool.Entropy",
                    "dev.mayfly.pool.Errno",
                    "dev.mayfly.pool.Evidence",
                    "dev.mayfly.pool.FlatMemory",
                    "dev.mayfly.pool.GuestStrings",
                    "dev.mayfly.pool.LogLines",
                    "dev.mayfly.pool.MemoryImage",
                    "dev.mayfly.pool.MountedFiles",
                    "dev.mayfly.pool.Outcome$Refused$Cause",
                    "dev.mayfly.pool.Sandbox",
                    "dev.mayfly.pool.SandboxParts",
                    "dev.mayfly.pool.TrackedBytes",
                    "dev.mayfly.pool.WasiImports",
                    "com.dylibso.chicory.runtime.ByteArrayMemory",
                    "com.dylibso.chicory.runtime.ConstantEvaluators$1",
                    "com.dylibso.chicory.runtime.GlobalInstance",
                    "com.dylibso.chicory.runtime.ImportValue$Type",
                    "com.dylibso.chicory.runtime.ImportValues",
                    "com.dylibso.chicory.runtime.Instance",
                    "com.dylibso.chicory.runtime.Instance$1",
                    "com.dylibso.chicory.runtime.InterpreterMachine$1",
                    "com.dylibso.chicory.runtime.InterpreterMachine$AtomicOp",
                    "com.dylibso.chicory.runtime.MemCopyWorkaround",
                    "com.dylibso.chicory.runtime.OpcodeImpl",
                    "com.dylibso.chicory.runtime.internal.CompilerInterpreterMachine",
                    "com.dylibso.chicory.wasi.WasiErrno",
                    "com.dylibso.chicory.wasi.WasiFdFlags",
                    "com.dylibso.chicory.wasi.WasiFileType",
                    "com.dylibso.chicory.wasi.WasiFstFlags",
                    "com.dylibso.chicory.wasi.WasiOpenFlags",
                    "com.dylibso.chicory.wasi.WasiRights");

    private Groundwork() {}

    /** Takes some tens of milliseconds; returns when no guest can be the first any more. */
    static void lay() {
        try {
            for (String name : CLASSES) {
                Class.forName(name, true, Groundwork.class.getClassLoader());
            }
            rehearse();
        } catch (ClassNotFoundException | IOException e) {
            throw new IllegalStateException("this build lacks a part of its own", e);
        }
    }

    /** Runs groundwork.wat, for all that lies behind the host functions: the JDK's files first. */
    static List<Ending> rehearse() throws IOException {
        WasmModule wasm = Parser.parse(program());
        var module =
                new CompiledModule(
                        wasm, OptionalInt.empty(), InterpreterMachine::new, "none", true, false, 0);
        var mount = new ReadOnlyMount(Path.of(System.getProperty("java.home")), "/jdk");
        var limits = new SandboxLimits(2, 1024, 1024, List.of(mount));
        return List.of(call(module, limits, "_start"), call(module, limits, "overrun"));
    }

    private static Ending call(CompiledModule module, SandboxLimits limits, String export) {
        int function = module.function(export).orElseThrow();
        return Sandbox.instantiate(module, limits).call(function, new Nobody());
    }

    private static byte[] program() throws IOException {
        try (InputStream in = Groundwork.class.getResourceAsStream("groundwork.wasm")) {
            return Objects.requireNonNull(in, "groundwork.wasm").readAllBytes();
        }
    }

    /** Asks for the run and gives nothing. */
    private static final class Nobody implements Unheard {
        @Override
        public String requestId() {
            return "groundwork";
        }

        @Override
        public void environment(StringBlock block) {
            block.append(new byte[] {'A', '=', 0}, new int[] {0});
        }

        @Override
        public void arguments(StringBlock block) {
            block.append(new byte[] {'a', 0}, new int[] {0});
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return -1;
        }
    }
}
