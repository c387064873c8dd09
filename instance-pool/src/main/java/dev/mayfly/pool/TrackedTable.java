package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table that knows whether it was written to.
 *
 * <p>Overrides everything of the runtime's table. That one grows the limits of the <em>module</em>,
 * shared by all instances, so a table that grew in one run started bigger in the next instance; its
 * sum of sizes overflows; and it cannot shrink. References to functions never leave the sandbox, so
 * which instance an entry belongs to is always "this one", which the runtime writes as {@code
 * null}.
 */
class TrackedTable extends TableInstance {
    private final TableLimits limits;
    private int[] entries;
    private int size;
    private boolean touched;

    TrackedTable(Table table, int initialValue, int mostEntries) {
        super(new Table(table.elementType(), new TableLimits(0)), initialValue);
        long initial = table.limits().min();
        if (initial > mostEntries) {
            throw new UninstantiableException(
                    "a table of %d entries (expected: at most %d)".formatted(initial, mostEntries));
        }
        limits = new TableLimits(initial, Math.min(table.limits().max(), mostEntries));
        size = (int) initial;
        entries = new int[size];
        Arrays.fill(entries, initialValue);
    }

    /** The entries of now; from here on {@link #restore} comes back to them. */
    final int[] freeze() {
        touched = false;
        return Arrays.copyOf(entries, size);
    }

    /** Equals {@code image} again. */
    void restore(int[] image) {
        if (touched) {
            load(image);
        }
    }

    /** Takes over {@code image}. */
    final void load(int[] image) {
        entries = image.length > entries.length ? new int[image.length] : entries;
        System.arraycopy(image, 0, entries, 0, image.length);
        size = image.length;
        touched = false;
    }

    /** Bytes on the heap. */
    final long bytes() {
        return 4L * entries.length;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public TableLimits limits() {
        return limits;
    }

    @Override
    public int grow(int more, int value, @Nullable Instance instance) {
        int before = size;
        if (more < 0 || more > limits.max() - before) {
            return -1;
        }
        if (more > 0) {
            try {
                extend(before + more);
            } catch (OutOfMemoryError e) {
                return -1; // as WebAssembly wants it: the guest decides
            }
            Arrays.fill(entries, before, size, value);
        }
        return before;
    }

    private void extend(int newSize) {
        if (newSize > entries.length) {
            long doubled = Math.min(2L * entries.length, limits.max());
            entries = Arrays.copyOf(entries, (int) Math.max(newSize, doubled));
        }
        touched = true;
        size = newSize;
    }

    @Override
    public int ref(int index) {
        return entries[checked(index)];
    }

    @Override
    public int requiredRef(int index) {
        int entry = ref(index);
        if (entry == Value.REF_NULL_VALUE) {
            throw new WasmRuntimeException("uninitialized element " + index);
        }
        return entry;
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        int at = checked(index);
        touched = true;
        entries[at] = value;
    }

    private int checked(int index) {
        if (index < 0 || index >= size) {
            throw new WasmRuntimeException("undefined element " + index);
        }
        return index;
    }

    @Override
    @SuppressWarnings("NullAway") // the runtime takes null for "the caller's own"
    public Instance instance(int index) {
        return null;
    }

    @Override
    public void reset() {
        Arrays.fill(entries, 0, size, Value.REF_NULL_VALUE);
        touched = true;
    }
}
