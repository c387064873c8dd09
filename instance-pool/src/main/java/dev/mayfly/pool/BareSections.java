package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.DataCountSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.GlobalSection;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.Section;
import com.dylibso.chicory.wasm.types.StartSection;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TagSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import org.jspecify.annotations.Nullable;

/**
 * Puts a module together from its sections, with an empty body for each function if the code is not
 * there. Nothing is validated: the whole module was.
 */
final class BareSections {
    private final WasmModule.Builder module = WasmModule.builder().withValidation(false);
    private int functions;
    private @Nullable CodeSection code;

    void add(Section section) {
        switch (section) {
            case TypeSection types -> module.setTypeSection(types);
            case ImportSection imports -> module.setImportSection(imports);
            case FunctionSection all -> {
                functions = all.functionCount();
                module.setFunctionSection(all);
            }
            case TableSection tables -> module.setTableSection(tables);
            case MemorySection memories -> module.setMemorySection(memories);
            case GlobalSection globals -> module.setGlobalSection(globals);
            case ExportSection exports -> module.setExportSection(exports);
            case StartSection start -> module.setStartSection(start);
            case ElementSection elements -> module.setElementSection(elements);
            case CodeSection there -> code = there;
            case DataSection data -> module.setDataSection(data);
            case DataCountSection count -> module.setDataCountSection(count);
            case TagSection tags -> module.setTagSection(tags);
            default -> module.addIgnoredSection(section.sectionId());
        }
    }

    WasmModule module() {
        CodeSection there = code;
        return module.setCodeSection(there != null ? there : ModuleParts.emptyBodies(functions))
                .build();
    }
}
