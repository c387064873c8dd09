package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.Map;

/**
 * A command module in wasmtime, a new instance for each run: compiled once, its imports resolved
 * once, memory from the pool. Used by one thread.
 */
@SuppressWarnings("restricted") // a library in C is what is measured
final class WasmtimeGuest {
    private static final int WORD = 8;
    private static final int INSTANCES = 16;
    private static final byte[] START = "_start".getBytes(UTF_8);

    private final WasmtimeCalls wasmtime;
    private final long engine;
    private final long prepared;
    private final MemorySegment start;
    private final long stdout;
    private ByteArrayOutputStream output = new ByteArrayOutputStream();

    WasmtimeGuest(Path library, byte[] module) {
        wasmtime = new WasmtimeCalls(library);
        engine = wasmtime.newEngine.of(pooled());
        prepared = prepare(module);
        start = Arena.global().allocateFrom(ValueLayout.JAVA_BYTE, START);
        stdout = upcall();
    }

    private long pooled() {
        long pool = wasmtime.newPool.of(0);
        wasmtime.setPoolInstances.of(pool, INSTANCES, 0, 0);
        wasmtime.setPoolMemories.of(pool, INSTANCES, 0, 0);
        long config = wasmtime.newConfig.of(0);
        wasmtime.setPool.of(config, pool, 0, 0);
        return config;
    }

    private long prepare(byte[] module) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, module);
            MemorySegment out = arena.allocate(WORD);
            ok(wasmtime.newModule.of(engine, bytes.address(), module.length, out.address()));
            long linker = wasmtime.newLinker.of(engine);
            ok(wasmtime.defineWasi.of(linker));
            long compiled = out.get(ValueLayout.JAVA_LONG, 0);
            ok(wasmtime.prepare.of(linker, compiled, out.address(), 0));
            return out.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private long upcall() {
        FunctionDescriptor type =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG);
        MethodType method =
                MethodType.methodType(long.class, long.class, MemorySegment.class, long.class);
        try {
            var target = MethodHandles.lookup().bind(this, "written", method);
            return Linker.nativeLinker().upcallStub(target, type, Arena.global()).address();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a method of this class", e);
        }
    }

    @SuppressWarnings("unused") // wasmtime calls it
    private long written(long data, MemorySegment bytes, long length) {
        output.writeBytes(bytes.reinterpret(length).toArray(ValueLayout.JAVA_BYTE));
        return length;
    }

    /** Runs it once; returns what it wrote. */
    byte[] run(Map<String, String> environment) {
        output = new ByteArrayOutputStream();
        long store = wasmtime.newStore.of(engine);
        try (Arena arena = Arena.ofConfined()) {
            long context = wasmtime.context.of(store);
            ok(wasmtime.setWasi.of(context, wasi(arena, environment), 0, 0));
            call(arena, context);
            return output.toByteArray();
        } finally {
            wasmtime.deleteStore.of(store);
        }
    }

    private long wasi(Arena arena, Map<String, String> environment) {
        MemorySegment names = arena.allocate(ValueLayout.JAVA_LONG, environment.size());
        MemorySegment values = arena.allocate(ValueLayout.JAVA_LONG, environment.size());
        int i = 0;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            long name = arena.allocateFrom(variable.getKey()).address();
            names.setAtIndex(ValueLayout.JAVA_LONG, i, name);
            long value = arena.allocateFrom(variable.getValue()).address();
            values.setAtIndex(ValueLayout.JAVA_LONG, i++, value);
        }
        long wasi = wasmtime.newWasi.of(0);
        wasmtime.setEnvironment.of(wasi, i, names.address(), values.address());
        wasmtime.setStdout.of(wasi, stdout, 0, 0);
        return wasi;
    }

    private void call(Arena arena, long context) {
        long instance = arena.allocate(4 * WORD, WORD).address();
        MemorySegment trap = arena.allocate(WORD, WORD);
        ok(wasmtime.instantiate.of(prepared, context, instance, trap.address()));
        MemorySegment found = arena.allocate(8 * WORD, WORD);
        long named = start.address();
        wasmtime.export.of(context, instance, named, START.length, found.address(), 0, 0);
        // What was found: its kind, then, at the next word, the function.
        long function = found.address() + WORD;
        ok(wasmtime.call.of(context, function, 0, 0, 0, 0, trap.address()));
        if (trap.get(ValueLayout.JAVA_LONG, 0) != 0) {
            throw new IllegalStateException("the guest trapped");
        }
    }

    /** Those that return a pointer return an error, or none. */
    private static void ok(long error) {
        if (error != 0) {
            throw new IllegalStateException("wasmtime reports an error");
        }
    }
}
