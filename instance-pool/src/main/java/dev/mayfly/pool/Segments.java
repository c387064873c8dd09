package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.util.BitSet;
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
    record Image(DataSegment[] data, @Nullable Element[] elements) {
        /** The segments of {@code module}, of which {@code dropped} says which are not there. */
        static Image of(WasmModule module, BitSet dropped) {
            DataSegment[] data = module.dataSection().dataSegments();
            @Nullable Element[] elements = module.elementSection().elements();
            for (int i = dropped.nextSetBit(0); i >= 0; i = dropped.nextSetBit(i + 1)) {
                if (i < data.length) {
                    data[i] = PassiveDataSegment.EMPTY;
                } else {
                    elements[i - data.length] = null;
                }
            }
            return new Image(data, elements);
        }

        /** Which are not there: data segments first, elements behind them. */
        @SuppressWarnings("ReferenceEquality") // dropping puts this very object there
        BitSet dropped() {
            BitSet dropped = new BitSet();
            for (int i = 0; i < data.length; i++) {
                dropped.set(i, data[i] == PassiveDataSegment.EMPTY);
            }
            for (int i = 0; i < elements.length; i++) {
                dropped.set(data.length + i, elements[i] == null);
            }
            return dropped;
        }

        /** The same of another form of the module. */
        Image on(WasmModule module) {
            return of(module, dropped());
        }
    }
}
