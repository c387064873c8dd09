package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a sandbox that can be restored; tests put faulty ones in their place. */
class SandboxParts {
    static final SandboxParts STANDARD = new SandboxParts();

    FlatMemory memory(MemoryLimits limits, int mostPages, @Nullable MemoryImage image) {
        return image == null
                ? new FlatMemory(limits, mostPages)
                : new FlatMemory(limits, mostPages, image);
    }

    TrackedTable table(Table table, int initialValue, int mostEntries) {
        return new TrackedTable(table, initialValue, mostEntries);
    }

    MutableGlobals globals(Instance instance) {
        return new MutableGlobals(instance);
    }

    Segments segments(Instance instance, DataSegment[] data) {
        return new Segments(instance, data);
    }
}
