package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import org.jspecify.annotations.Nullable;

/** The data and element segments of an instance; a run can drop them. */
class Segments {
    private final Instance instance;

    /** The instance's own array. */
    private final DataSegment[] data;

    Segments(Instance instance, DataSegment[] data) {
        this.instance = instance;
        this.data = data;
    }

    /** Those of now. */
    final Image freeze() {
        @Nullable Element[] elements = new Element[instance.elementCount()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = instance.element(i);
        }
        return new Image(data.clone(), elements);
    }

    /** Equals {@code image} again. */
    void restore(Image image) {
        System.arraycopy(image.data, 0, data, 0, data.length);
        @Nullable Element[] elements = image.elements;
        for (int i = 0; i < elements.length; i++) {
            instance.setElement(i, elements[i]);
        }
    }

    /** Segments at the freeze; a dropped one is empty or {@code null}. Nobody writes to it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Image(DataSegment[] data, @Nullable Element[] elements) {}
}
