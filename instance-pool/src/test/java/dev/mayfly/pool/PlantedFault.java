package dev.mayfly.pool;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Mistakes a restore could make, to see that the isolation property notices each. */
enum PlantedFault {
    SKIP_THE_LAST_DIRTY_LINE,
    MISS_A_STRADDLING_STORE,
    MISS_A_HOST_WRITE,
    KEEP_GROWN_MEMORY,
    KEEP_WHAT_GROWN_MEMORY_HELD,
    SKIP_TABLES,
    KEEP_DROPPED_SEGMENTS,
    SKIP_A_GLOBALS_HIGH_HALF;

    /** Whether it can: only vectors have a high half. */
    boolean showsIn(Isolation.Guests guests) {
        return this != SKIP_A_GLOBALS_HIGH_HALF || guests != Isolation.Guests.COMPILED;
    }

    SandboxParts parts() {
        return new Faulty(this);
    }

    private static final class Faulty extends SandboxParts {
        private final PlantedFault fault;

        Faulty(PlantedFault fault) {
            this.fault = fault;
        }

        @Override
        FlatMemory memory(MemoryLimits limits, int mostPages, @Nullable MemoryImage image) {
            return image == null
                    ? super.memory(limits, mostPages, null)
                    : new FaultyMemory(limits, mostPages, image, fault);
        }

        @Override
        TrackedTable table(Table table, int initialValue, int mostEntries) {
            return new TrackedTable(table, initialValue, mostEntries) {
                @Override
                void restore(int[] entries) {
                    if (fault != SKIP_TABLES) {
                        super.restore(entries);
                    }
                }
            };
        }

        @Override
        MutableGlobals globals(Instance instance) {
            return new MutableGlobals(instance) {
                @Override
                void restore(long[] values) {
                    if (fault == SKIP_A_GLOBALS_HIGH_HALF) {
                        restoreLowHalves(values, instance);
                    } else {
                        super.restore(values);
                    }
                }
            };
        }

        private static void restoreLowHalves(long[] values, Instance instance) {
            GlobalInstance[] globals =
                    IntStream.range(0, instance.globalCount())
                            .mapToObj(instance::global)
                            .filter(g -> g.getMutabilityType() == MutabilityType.Var)
                            .toArray(GlobalInstance[]::new);
            for (int i = 0; i < globals.length; i++) {
                globals[i].setValueLow(values[2 * i]);
            }
        }

        @Override
        Segments segments(Instance instance, DataSegment[] data) {
            return new Segments(instance, data) {
                @Override
                void restore(Image image) {
                    if (fault != KEEP_DROPPED_SEGMENTS) {
                        super.restore(image);
                    }
                }
            };
        }
    }

    private static final class FaultyMemory extends FlatMemory {
        private final PlantedFault fault;

        FaultyMemory(MemoryLimits limits, int mostPages, MemoryImage image, PlantedFault fault) {
            super(limits, mostPages, image);
            this.fault = fault;
        }

        @Override
        int restore(MemoryImage image) {
            if (fault == SKIP_THE_LAST_DIRTY_LINE) {
                clearLastFlag();
            } else if (fault == KEEP_WHAT_GROWN_MEMORY_HELD) {
                clearFlagsFrom(image.size() >>> LINE_SHIFT);
            }
            return super.restore(image);
        }

        private void clearLastFlag() {
            for (int line = dirty.length - 1; line >= 0; line--) {
                if (dirty[line] != 0) {
                    dirty[line] = 0;
                    return;
                }
            }
        }

        private void clearFlagsFrom(int first) {
            for (int line = first; line < dirty.length; line++) {
                dirty[line] = 0;
            }
        }

        @Override
        void shrink(int home) {
            if (fault != KEEP_GROWN_MEMORY) {
                super.shrink(home);
            }
        }

        @Override
        void mark(int address, int length) {
            if (fault != MISS_A_HOST_WRITE) {
                super.mark(address, length);
            }
        }

        @Override
        public void writeI32(int address, int value) {
            int last = (address + 3) >>> LINE_SHIFT;
            byte before = flag(last);
            super.writeI32(address, value);
            forget(address, last, before);
        }

        @Override
        public void writeLong(int address, long value) {
            int last = (address + 7) >>> LINE_SHIFT;
            byte before = flag(last);
            super.writeLong(address, value);
            forget(address, last, before);
        }

        @Override
        public void writeF64(int address, double value) {
            int last = (address + 7) >>> LINE_SHIFT;
            byte before = flag(last);
            super.writeF64(address, value);
            forget(address, last, before);
        }

        private byte flag(int line) {
            return line < dirty.length ? dirty[line] : 0;
        }

        private void forget(int address, int last, byte before) {
            if (fault == MISS_A_STRADDLING_STORE && address >>> LINE_SHIFT != last) {
                dirty[last] = before;
            }
        }
    }
}
