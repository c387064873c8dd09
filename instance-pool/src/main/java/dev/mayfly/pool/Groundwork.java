package dev.mayfly.pool;

import java.util.List;

/**
 * Initialises the classes that a guest can be the first to reach.
 *
 * <p>A guest that has recursed to the end of its stack and then calls a host function may overflow
 * the stack inside a static initialiser. The JVM never runs that initialiser again: the class would
 * be broken for every other guest until the gateway is restarted. So they all run here, once, on a
 * thread with room. A test compares the list with what the class files hold.
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

    static void lay() {
        try {
            for (String name : CLASSES) {
                Class.forName(name, true, Groundwork.class.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this build lacks a class of its own", e);
        }
    }
}
