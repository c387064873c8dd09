package dev.mayfly.pool;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import java.util.ArrayList;
import java.util.List;

/** The globals a run can change. A vector has two halves; for the rest the upper one is zero. */
class MutableGlobals {
    private final GlobalInstance[] globals;

    MutableGlobals(Instance instance) {
        List<GlobalInstance> mutable = new ArrayList<>();
        for (int i = 0; i < instance.globalCount(); i++) {
            GlobalInstance global = instance.global(i);
            if (global.getMutabilityType() == MutabilityType.Var) {
                mutable.add(global);
            }
        }
        globals = mutable.toArray(new GlobalInstance[0]);
    }

    /** The values of now: low half, high half, by index. */
    final long[] freeze() {
        long[] image = new long[2 * globals.length];
        for (int i = 0; i < globals.length; i++) {
            image[2 * i] = globals[i].getValueLow();
            image[2 * i + 1] = globals[i].getValueHigh();
        }
        return image;
    }

    /** Equals {@code image} again. */
    void restore(long[] image) {
        for (int i = 0; i < globals.length; i++) {
            globals[i].setValueLow(image[2 * i]);
            globals[i].setValueHigh(image[2 * i + 1]);
        }
    }
}
