package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What growing page by page costs, in bytes copied: counted, so that it is the same everywhere. */
class GrowthTest {
    private static final int PAGES_PER_MEBIBYTE = 16;
    private static final int PAGE = 1 << 16;

    /** What the copies of one memory came to. */
    private record Curve(long bytes, long marks) {
        long all() {
            return bytes + marks;
        }
    }

    /**
     * The array at least doubles, so all copies of it together are less than its length. The map of
     * marks is copied each time, since its length is the bounds check of stores; it has a 4096th of
     * the length, which at a hundred mebibytes comes to a fifth of the array's.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 64, 100})
    void growingPageByPageCopiesLessThanTwiceWhatItGrowsTo(int mebibytes) {
        int pages = mebibytes * PAGES_PER_MEBIBYTE;
        Curve curve = grow(pages);
        assertThat(curve.all()).as("%s", curve).isLessThan(2L * pages * PAGE);
        assertThat(curve.marks()).isLessThan((long) pages * pages * PAGE / (2 << 12) + PAGE);
    }

    private static Curve grow(int pages) {
        var memory = new FlatMemory(new MemoryLimits(1, pages), pages);
        long bytes = 0;
        long marks = 0;
        while (memory.pages() < pages) {
            int capacity = memory.capacity();
            int size = memory.size();
            assertThat(memory.grow(1)).isEqualTo(size / PAGE);
            bytes += memory.capacity() == capacity ? 0 : size;
            marks += size >>> TrackedBytes.LINE_SHIFT;
        }
        assertThat(memory.grow(1)).as("past the limit").isEqualTo(-1);
        return new Curve(bytes, marks);
    }
}
