package dev.mayfly.pool;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasi.WasiPreview1_ModuleFactory;
import com.dylibso.chicory.wasm.UnlinkableException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions of {@code wasi_snapshot_preview1} for one sandbox, bound to its parts when it is
 * made: a call looks nothing up and allocates nothing.
 */
final class WasiImports {
    private static final String MODULE = "wasi_snapshot_preview1";

    static final Map<String, FunctionType> TYPES = types();

    private final Host host;
    private final ProcessCalls process;
    private final StandardStreams streams;
    private final MountedFiles files;
    private final DescriptorCalls descriptors;
    private final Polling polling;

    WasiImports(Host host, SandboxLimits limits) {
        this.host = host;
        process = new ProcessCalls(host);
        streams = new StandardStreams(host, limits);
        files = new MountedFiles(host, limits.mounts());
        descriptors = new DescriptorCalls(streams, files);
        polling = new Polling(host, streams, files);
    }

    /** The library knows the type of every function, so that we need no list of our own. */
    private static Map<String, FunctionType> types() {
        Map<String, FunctionType> types = new HashMap<>();
        try (var library = WasiPreview1.builder().build()) {
            for (HostFunction function : WasiPreview1_ModuleFactory.toHostFunctions(library)) {
                if (!function.name().startsWith("adapter_")) {
                    types.put(function.name(), function.functionType());
                }
            }
        }
        return Map.copyOf(types);
    }

    /** Whether sandboxes offer this import. */
    static boolean offers(String module, String name) {
        return module.equals(MODULE) && TYPES.containsKey(name);
    }

    /** Before the first guest of a function; see {@link MountedFiles#rehearse()}. */
    void rehearse() {
        files.rehearse();
    }

    /** Ends the run: what it was told is forgotten, what it opened is closed. */
    void end(Invocation invocation) {
        streams.end(invocation);
        process.end();
        files.end();
    }

    /** One function for each that {@code module} imports; a wrong type is found by the runtime. */
    ImportValues bind(WasmModule module) {
        List<ImportFunction> functions = new ArrayList<>();
        var imports = module.importSection();
        for (int i = 0; i < imports.importCount(); i++) {
            functions.add(bind(imports.getImport(i)));
        }
        return ImportValues.builder().withFunctions(functions).build();
    }

    private HostFunction bind(Import wanted) {
        if (!(wanted instanceof FunctionImport) || !offers(wanted.module(), wanted.name())) {
            throw new UnlinkableException(
                    "unknown import " + wanted.module() + "." + wanted.name());
        }
        String name = wanted.name();
        return new HostFunction(MODULE, name, TYPES.get(name), counted(handle(name)));
    }

    /** One class for all of them: what calls it need not look up which, it looks that up. */
    private WasmFunctionHandle counted(WasmFunctionHandle handle) {
        return (instance, arguments) -> {
            host.calls++;
            return handle.apply(instance, arguments);
        };
    }

    WasmFunctionHandle handle(String name) {
        return name.startsWith("fd_") || name.startsWith("path_")
                ? descriptors.handle(name)
                : processCall(name);
    }

    private WasmFunctionHandle processCall(String name) {
        return switch (name) {
            case "environ_sizes_get" ->
                    (i, a) -> process.environmentSizes((int) a[0], (int) a[1]).result;
            case "environ_get" -> (i, a) -> process.environment((int) a[0], (int) a[1]).result;
            case "args_sizes_get" -> (i, a) -> process.argumentSizes((int) a[0], (int) a[1]).result;
            case "args_get" -> (i, a) -> process.arguments((int) a[0], (int) a[1]).result;
            case "clock_time_get" -> (i, a) -> Clocks.time(host, (int) a[0], (int) a[2]).result;
            case "clock_res_get" ->
                    (i, a) -> Clocks.resolution(host, (int) a[0], (int) a[1]).result;
            case "random_get" -> (i, a) -> process.random((int) a[0], (int) a[1]).result;
            case "poll_oneoff" ->
                    (i, a) -> polling.poll((int) a[0], (int) a[1], (int) a[2], (int) a[3]).result;
            case "sched_yield" -> (i, a) -> Errno.SUCCESS.result;
            case "proc_exit" ->
                    (i, a) -> {
                        throw process.exit((int) a[0]);
                    };
            default -> (i, a) -> Errno.NOTSUP.result; // proc_raise, sock_*
        };
    }
}
