package dev.mayfly.load;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.Collections;

/**
 * The functions of wasmtime's C API that a request needs. All take and give words of the machine:
 * pointers and sizes, in the order of {@code wasmtime.h}.
 */
@SuppressWarnings("restricted") // a library in C is what is measured
final class WasmtimeCalls {
    private static final int MOST_ARGUMENTS = 7;

    /** A C function; arguments it does not take are passed over. Public, as proxies want it. */
    @FunctionalInterface
    public interface Call {
        /** Returns 0 for a function that returns nothing. */
        @SuppressWarnings("checkstyle:ParameterNumber") // as many as wasmtime_func_call takes
        long of(long a, long b, long c, long d, long e, long f, long g);

        default long of(long a, long b, long c, long d) {
            return of(a, b, c, d, 0, 0, 0);
        }

        default long of(long a) {
            return of(a, 0, 0, 0);
        }
    }

    final Call newConfig;
    final Call newPool;
    final Call setPoolInstances;
    final Call setPoolMemories;
    final Call setPool;
    final Call newEngine;
    final Call newModule;
    final Call newLinker;
    final Call defineWasi;
    final Call prepare;
    final Call newStore;
    final Call deleteStore;
    final Call context;
    final Call newWasi;
    final Call setEnvironment;
    final Call setStdout;
    final Call setWasi;
    final Call instantiate;
    final Call export;
    final Call call;

    private final SymbolLookup symbols;

    WasmtimeCalls(Path library) {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
        newConfig = pointer("wasm_config_new", 0);
        newPool = pointer("wasmtime_pooling_allocation_config_new", 0);
        setPoolInstances =
                nothing("wasmtime_pooling_allocation_config_total_core_instances_set", 2);
        setPoolMemories = nothing("wasmtime_pooling_allocation_config_total_memories_set", 2);
        setPool = nothing("wasmtime_pooling_allocation_strategy_set", 2);
        newEngine = pointer("wasm_engine_new_with_config", 1);
        newModule = pointer("wasmtime_module_new", 4);
        newLinker = pointer("wasmtime_linker_new", 1);
        defineWasi = pointer("wasmtime_linker_define_wasi", 1);
        prepare = pointer("wasmtime_linker_instantiate_pre", 3);
        newStore = pointer("wasmtime_store_new", 3);
        deleteStore = nothing("wasmtime_store_delete", 1);
        context = pointer("wasmtime_store_context", 1);
        newWasi = pointer("wasi_config_new", 0);
        setEnvironment = truth("wasi_config_set_env", 4);
        setStdout = nothing("wasi_config_set_stdout_custom", 4);
        setWasi = pointer("wasmtime_context_set_wasi", 2);
        instantiate = pointer("wasmtime_instance_pre_instantiate", 4);
        export = truth("wasmtime_instance_export_get", 5);
        call = pointer("wasmtime_func_call", 7);
    }

    private Call pointer(String name, int arguments) {
        return bind(name, FunctionDescriptor.of(ValueLayout.JAVA_LONG, words(arguments)));
    }

    private Call truth(String name, int arguments) {
        return bind(name, FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN, words(arguments)));
    }

    private Call nothing(String name, int arguments) {
        return bind(name, FunctionDescriptor.ofVoid(words(arguments)));
    }

    private static MemoryLayout[] words(int count) {
        return Collections.nCopies(count, ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new);
    }

    private Call bind(String name, FunctionDescriptor type) {
        MethodHandle exact = Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type);
        int given = type.argumentLayouts().size();
        MethodHandle padded =
                MethodHandles.dropArguments(
                        exact, given, Collections.nCopies(MOST_ARGUMENTS - given, long.class));
        MethodType words = padded.type().changeReturnType(long.class);
        return MethodHandleProxies.asInterfaceInstance(
                Call.class, MethodHandles.explicitCastArguments(padded, words));
    }
}
