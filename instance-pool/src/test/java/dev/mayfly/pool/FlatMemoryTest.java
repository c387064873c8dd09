package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where memory ends, what counts as dirty, and how it comes back. */
class FlatMemoryTest {
    private static final int SIZE = Memory.PAGE_SIZE;
    private static final int LINE = TrackedBytes.LINE;

    private final FlatMemory memory = new FlatMemory(new MemoryLimits(1, 10), 8);

    /** One load or store and how many bytes it touches. */
    record Access(String name, int width, ObjIntConsumer<FlatMemory> at) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Access> stores() {
        return Stream.of(
                new Access("i8", 1, (m, at) -> m.writeByte(at, (byte) 1)),
                new Access("i16", 2, (m, at) -> m.writeShort(at, (short) 0x0101)),
                new Access("i32", 4, (m, at) -> m.writeI32(at, 0x01010101)),
                new Access("i64", 8, (m, at) -> m.writeLong(at, 0x0101010101010101L)),
                new Access("f32", 4, (m, at) -> m.writeF32(at, Float.intBitsToFloat(0x01010101))),
                new Access(
                        "f64",
                        8,
                        (m, at) -> m.writeF64(at, Double.longBitsToDouble(0x0101010101010101L))),
                new Access("bytes", 100, (m, at) -> m.write(at, ones(100), 0, 100)),
                new Access("fill", 5000, (m, at) -> m.fill((byte) 1, at, at + 5000)),
                new Access("copy", 300, (m, at) -> m.copy(at, 0, 300)));
    }

    static Stream<Access> loads() {
        return Stream.of(
                new Access("i8", 1, (m, at) -> m.read(at)),
                new Access("i16", 2, (m, at) -> m.readShort(at)),
                new Access("u16", 2, (m, at) -> m.readU16(at)),
                new Access("i32", 4, (m, at) -> m.readInt(at)),
                new Access("i64", 8, (m, at) -> m.readLong(at)),
                new Access("f32", 4, (m, at) -> m.readFloat(at)),
                new Access("f64", 8, (m, at) -> m.readDouble(at)),
                new Access("bytes", 77, (m, at) -> m.readBytes(at, 77)));
    }

    @ParameterizedTest
    @MethodSource({"stores", "loads"})
    void anAccessMayTouchTheLastByteAndNoneBehindIt(Access access) {
        access.at().accept(memory, SIZE - access.width());
        for (int beyond = 1; beyond <= access.width() + 1; beyond++) {
            refused(access, SIZE - access.width() + beyond);
        }
        List.of(-1, -access.width(), Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 3)
                .forEach(at -> refused(access, at));
    }

    @ParameterizedTest
    @MethodSource({"stores", "loads"})
    void theEndIsTheMemorysEndNotTheArrays(Access access) {
        memory.grow(3);
        memory.grow(1);
        assertThat(memory.capacity()).isGreaterThan(memory.size());
        access.at().accept(memory, 5 * SIZE - access.width());
        refused(access, 5 * SIZE - access.width() + 1);
        refused(access, 5 * SIZE);
    }

    @ParameterizedTest
    @MethodSource({"stores", "loads"})
    void aMemoryOfNoPagesHasNoBytes(Access access) {
        var empty = new FlatMemory(new MemoryLimits(0, 1), 1);
        refused(access, 0, empty);
        refused(access, -1, empty);
    }

    private void refused(Access access, int at) {
        refused(access, at, memory);
    }

    private static void refused(Access access, int at, FlatMemory memory) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .as("%s at %d", access, at)
                .isThrownBy(() -> access.at().accept(memory, at));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aStoreMarksEveryLineItTouchesAndNoOther(Access store) {
        memory.fill((byte) 1, 0, 300); // something for copy to copy
        MemoryImage image = memory.freeze();
        for (int at = 3 * LINE - store.width() - 1; at <= 3 * LINE + 1; at++) {
            store.at().accept(memory, at);
            int lines = (at + store.width() - 1) / LINE - at / LINE + 1;
            assertThat(memory.dirtyLines()).as("at %d", at).isEqualTo(lines);
            assertThat(memory.restore(image)).isEqualTo(lines);
            assertThat(memory.array()).isEqualTo(image.copy());
        }
    }

    @Test
    void nothingIsMarkedByBulkOperationsOfNoBytes() {
        memory.fill((byte) 1, SIZE, SIZE);
        memory.copy(SIZE, 0, 0);
        memory.write(SIZE, new byte[0], 0, 0);
        assertThat(memory.dirtyLines()).isZero();
    }

    @Test
    void bulkOperationsWhoseEndOverflowsAreRefused() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.copy(10, 10, Integer.MAX_VALUE));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.copy(10, 10, -5));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.fill((byte) 1, 10, Integer.MIN_VALUE + 9));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> memory.check(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void overlappingCopiesOfManyMegabytesKeepTheirOrder() {
        var large = new FlatMemory(new MemoryLimits(80, 80), 80);
        byte[] expected = new byte[large.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) ((i * 31) >> 3);
        }
        large.write(0, expected, 0, expected.length);
        large.copy(1_000_003, 7, 4_000_000);
        System.arraycopy(expected, 7, expected, 1_000_003, 4_000_000);
        large.copy(5, 1_000_000, 4_200_000);
        System.arraycopy(expected, 1_000_000, expected, 5, 4_200_000);
        large.fill((byte) 9, 100, 3_000_000);
        Arrays.fill(expected, 100, 3_000_000, (byte) 9);
        assertThat(large.array()).isEqualTo(expected);
    }

    @Test
    void longBulkOperationsHeedAnInterrupt() {
        var large = new FlatMemory(new MemoryLimits(80, 80), 80);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ChicoryInterruptedException.class)
                .isThrownBy(() -> large.fill((byte) 1, 0, large.size()));
        assertThatExceptionOfType(ChicoryInterruptedException.class)
                .isThrownBy(() -> large.copy(0, 1 << 20, 3 << 20));
        assertThatExceptionOfType(ChicoryInterruptedException.class)
                .isThrownBy(() -> large.copy(1 << 20, 0, 3 << 20));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void memoryGrowsToItsLimitAndNoFurther() {
        assertThat(memory.grow(0)).isEqualTo(1);
        assertThat(memory.grow(7)).isEqualTo(1);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.grow(Integer.MAX_VALUE)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
        assertThat(memory.pages()).isEqualTo(8);
    }

    @Test
    void initialMemoryAboveTheLimitIsRefused() {
        assertThatExceptionOfType(UninstantiableException.class)
                .isThrownBy(() -> new FlatMemory(new MemoryLimits(9, 10), 8))
                .withMessage("initial memory of 9 pages (expected: at most 8)");
    }

    @Test
    void growthIsUndoneWithoutATraceAndWithoutANewArray() {
        memory.writeI32(8, 42);
        MemoryImage image = memory.freeze();
        memory.writeI32(8, 43);
        memory.grow(2);
        memory.fill((byte) 7, SIZE - 10, 3 * SIZE);
        byte[] grown = memory.array();
        memory.restore(image);
        assertThat(memory.pages()).isEqualTo(1);
        assertThat(memory.readInt(8)).isEqualTo(42);
        assertThat(memory.dirtyLines()).isZero();
        assertThat(memory.array()).isSameAs(grown);
        memory.grow(2);
        assertThat(memory.array()).isSameAs(grown);
        assertThat(memory.readBytes(SIZE - 10, 2 * SIZE)).containsOnly(0);
    }

    @Test
    void growingPageByPageCopiesAFewTimesOnly() {
        var large = new FlatMemory(new MemoryLimits(1, 1600), 1600);
        Set<Integer> capacities = new HashSet<>();
        while (large.grow(1) >= 0) {
            capacities.add(large.capacity());
        }
        assertThat(large.pages()).isEqualTo(1600);
        assertThat(capacities).hasSizeLessThan(12);
    }

    @Test
    void linesOfZerosTakeNoRoomInAnImage() {
        memory.writeByte(2 * LINE, (byte) 1);
        MemoryImage image = memory.freeze();
        assertThat(image.bytes()).isEqualTo(LINE + 4 * 16);
        assertThat(image.trimmedSize()).isEqualTo(3 * LINE);
    }

    private static byte[] ones(int count) {
        byte[] ones = new byte[count];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }
}
