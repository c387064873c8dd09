package dev.mayfly.pool;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts one instance together and remembers the parts the runtime asked for. */
final class Assembly {
    /** Entries of all tables of a sandbox: 4 MiB. A table of 10 million is valid WebAssembly. */
    private static final int MOST_ENTRIES = 1 << 20;

    private final WasmModule module;
    private final SandboxLimits limits;
    private final SandboxParts parts;
    private final @Nullable Snapshot snapshot;
    private final List<TrackedTable> tables = new ArrayList<>();
    private @Nullable FlatMemory memory;

    Assembly(
            WasmModule module,
            SandboxLimits limits,
            SandboxParts parts,
            @Nullable Snapshot snapshot) {
        this.module = module;
        this.limits = limits;
        this.parts = parts;
        this.snapshot = snapshot;
    }

    Instance build(ImportValues imports, Function<Instance, Machine> machineFactory) {
        return Instance.builder(module)
                .withImportValues(imports)
                .withMachineFactory(machineFactory)
                .withMemoryFactory(this::addMemory)
                .withTableFactory(this::addTable)
                .withStart(false)
                .build();
    }

    private Memory addMemory(MemoryLimits declared) {
        if (memory != null) {
            throw new UninstantiableException("more than one memory (expected: at most one)");
        }
        MemoryImage image = snapshot == null ? null : snapshot.memory();
        memory = parts.memory(declared, limits.memoryPages(), image);
        return memory;
    }

    private TableInstance addTable(Table declared, int initialValue) {
        int most = MOST_ENTRIES / module.tableSection().tableCount();
        TrackedTable table = parts.table(declared, initialValue, most);
        tables.add(table);
        return table;
    }

    /** The module's, or an empty one, so that host calls of a module without find nothing. */
    FlatMemory memory() {
        return memory == null ? new FlatMemory(new MemoryLimits(0, 0), 0) : memory;
    }

    TrackedTable[] tables() {
        return tables.toArray(new TrackedTable[0]);
    }
}
