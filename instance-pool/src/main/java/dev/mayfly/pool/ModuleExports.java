package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions a module exports, by name, in its order. */
final class ModuleExports {
    private final WasmModule module;
    private final Map<String, Integer> functions = new LinkedHashMap<>();

    /**
     * The exports of {@code module}.
     *
     * @throws UnloadableException when a name is exported twice, or for a function that does not
     *     exist: the parser does not look
     */
    ModuleExports(WasmModule module) throws UnloadableException {
        this.module = module;
        int count =
                module.functionSection().functionCount()
                        + module.importSection().count(ExternalType.FUNCTION);
        var exports = module.exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            Export export = exports.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                add(export, count);
            }
        }
    }

    private void add(Export export, int count) throws UnloadableException {
        if (export.index() < 0 || export.index() >= count) {
            throw new UnloadableException(
                    "the module exports "
                            + Printable.name(export.name())
                            + " as function "
                            + Integer.toUnsignedString(export.index())
                            + " (expected: one of its "
                            + count
                            + " functions); build it again");
        }
        if (functions.put(export.name(), export.index()) != null) {
            throw new UnloadableException(
                    "the module exports "
                            + Printable.name(export.name())
                            + " twice (expected: once); build it again");
        }
    }

    List<String> names() {
        return List.copyOf(functions.keySet());
    }

    boolean has(String name) {
        return functions.containsKey(name);
    }

    /** The index of {@code name}, which {@link #has} found. */
    int index(String name) {
        @Nullable Integer index = functions.get(name);
        if (index == null) {
            throw new IllegalArgumentException("export: " + name + " (expected one of the module)");
        }
        return index;
    }

    /** Whether {@code name} can be called as it is: without parameters, without results. */
    boolean callable(String name) {
        FunctionType type = type(index(name));
        return type.params().isEmpty() && type.returns().isEmpty();
    }

    /** The type of {@code name} as WebAssembly text writes it. */
    String signature(String name) {
        FunctionType type = type(index(name));
        return type.params() + " -> " + type.returns();
    }

    private FunctionType type(int function) {
        List<Integer> imported = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport one) {
                imported.add(one.typeIndex());
            }
        }
        int type =
                function < imported.size()
                        ? imported.get(function)
                        : module.functionSection().getFunctionType(function - imported.size());
        return module.typeSection().getType(type);
    }

    /** For messages: the names, not more of them than one wants to read. */
    String listed() {
        if (functions.isEmpty()) {
            return "it exports no function";
        }
        String names = String.join(", ", functions.keySet().stream().limit(20).toList());
        return "it exports " + names + (functions.size() > 20 ? ", …" : "");
    }
}
