package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a sandbox, to be compared with its snapshot byte for byte, whatever the dirty map
 * says.
 */
final class Inside {
    private final Snapshot snapshot;
    private final byte[] image;
    private final FlatMemory memory;
    private final List<TrackedTable> tables;
    private final MutableGlobals globals;
    private final Segments segments;

    private Inside(Snapshot snapshot, byte[] image, Catcher caught) {
        this.snapshot = snapshot;
        this.image = image;
        memory = Objects.requireNonNull(caught.memory);
        tables = List.copyOf(caught.tables);
        globals = Objects.requireNonNull(caught.globals);
        segments = Objects.requireNonNull(caught.segments);
    }

    /** A sandbox and what is in it. */
    record Opened(Sandbox sandbox, Inside inside) {}

    /**
     * Copies {@code snapshot}, which was made with a {@link Catcher}; {@code image} is its memory.
     */
    static Opened copyOf(Snapshot snapshot, byte[] image) {
        var catcher = (Catcher) snapshot.parts();
        catcher.tables.clear();
        Sandbox sandbox = Sandbox.copyOf(snapshot);
        return new Opened(sandbox, new Inside(snapshot, image, catcher));
    }

    /** How the sandbox differs from its snapshot. */
    Optional<String> difference() {
        return memoryDifference()
                .or(this::globalDifference)
                .or(this::tableDifference)
                .or(this::segmentDifference);
    }

    private Optional<String> memoryDifference() {
        if (memory.size() != image.length) {
            return Optional.of(
                    "memory has %d bytes, not %d".formatted(memory.size(), image.length));
        }
        byte[] now = memory.array();
        int at = Arrays.mismatch(now, 0, image.length, image, 0, image.length);
        if (at >= 0) {
            return Optional.of("memory differs at 0x%x".formatted(at));
        }
        for (int i = image.length; i < now.length; i++) {
            if (now[i] != 0) {
                return Optional.of("what memory grows into is not zero at 0x%x".formatted(i));
            }
        }
        return memory.dirtyLines() == 0 ? Optional.empty() : Optional.of("a dirty flag is left");
    }

    private Optional<String> globalDifference() {
        return Arrays.equals(globals.freeze(), snapshot.globals())
                ? Optional.empty()
                : Optional.of("a global differs");
    }

    private Optional<String> tableDifference() {
        for (int i = 0; i < tables.size(); i++) {
            if (!Arrays.equals(entries(tables.get(i)), snapshot.tables()[i])) {
                return Optional.of("table %d differs".formatted(i));
            }
        }
        return Optional.empty();
    }

    private static int[] entries(TrackedTable table) {
        int[] entries = new int[table.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = table.ref(i);
        }
        return entries;
    }

    private Optional<String> segmentDifference() {
        Segments.Image now = segments.freeze();
        return Arrays.equals(now.data(), snapshot.segments().data())
                        && Arrays.equals(now.elements(), snapshot.segments().elements())
                ? Optional.empty()
                : Optional.of("a segment differs");
    }

    /** All of its memory. */
    byte[] memory() {
        return Arrays.copyOf(memory.array(), memory.size());
    }

    /** Keeps hold of the parts another maker makes. Serves one thread. */
    static final class Catcher extends SandboxParts {
        private final SandboxParts maker;
        private final List<TrackedTable> tables = new ArrayList<>();
        private @Nullable FlatMemory memory;
        private @Nullable MutableGlobals globals;
        private @Nullable Segments segments;

        Catcher(SandboxParts maker) {
            this.maker = maker;
        }

        @Override
        FlatMemory memory(MemoryLimits limits, int mostPages, @Nullable MemoryImage image) {
            memory = maker.memory(limits, mostPages, image);
            return memory;
        }

        @Override
        TrackedTable table(Table table, int initialValue, int mostEntries) {
            TrackedTable made = maker.table(table, initialValue, mostEntries);
            tables.add(made);
            return made;
        }

        @Override
        MutableGlobals globals(Instance instance) {
            globals = maker.globals(instance);
            return globals;
        }

        @Override
        Segments segments(Instance instance, DataSegment[] data) {
            segments = maker.segments(instance, data);
            return segments;
        }
    }
}
