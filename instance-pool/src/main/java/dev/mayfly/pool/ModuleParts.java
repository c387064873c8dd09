package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import java.util.List;
import java.util.OptionalInt;

/** Takes out of a parsed module what its sandboxes must not see or do not need. */
final class ModuleParts {
    private static final FunctionBody EMPTY = new FunctionBody(List.of(), List.of());

    private ModuleParts() {}

    /** Without its start section, so that no instance runs it by itself. */
    static WasmModule withoutStart(WasmModule module) {
        return withoutStart(module, module.codeSection());
    }

    /** The same with other {@code code}. */
    static WasmModule withoutStart(WasmModule module, CodeSection code) {
        WasmModule.Builder copy = common(module).setCodeSection(code);
        if (module.nameSection() != null) {
            copy.addCustomSection("name", module.nameSection());
        }
        return copy.build();
    }

    /** Code for modules whose functions are all compiled: parsed bodies take most of a module. */
    static CodeSection emptyBodies(int functions) {
        CodeSection.Builder code = CodeSection.builder();
        for (int i = 0; i < functions; i++) {
            code.addFunctionBody(EMPTY);
        }
        return code.build();
    }

    /** The function its start section names. */
    static OptionalInt startFunction(WasmModule module) {
        return module.startSection()
                .map(start -> OptionalInt.of((int) start.startIndex()))
                .orElse(OptionalInt.empty());
    }

    private static WasmModule.Builder common(WasmModule module) {
        WasmModule.Builder copy =
                WasmModule.builder()
                        .withValidation(false)
                        .setTypeSection(module.typeSection())
                        .setImportSection(module.importSection())
                        .setFunctionSection(module.functionSection())
                        .setTableSection(module.tableSection())
                        .setGlobalSection(module.globalSection())
                        .setExportSection(module.exportSection())
                        .setElementSection(module.elementSection())
                        .setDataSection(module.dataSection());
        module.memorySection().ifPresent(copy::setMemorySection);
        module.dataCountSection().ifPresent(copy::setDataCountSection);
        module.tagSection().ifPresent(copy::setTagSection);
        return copy;
    }
}
