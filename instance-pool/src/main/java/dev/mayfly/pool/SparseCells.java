package dev.mayfly.pool;

/** {@link Cells} of which few are not zero. */
final class SparseCells {
    static final SparseCells NONE = of(new long[0]);

    private final short[] places;
    private final long[] values;

    private SparseCells(short[] places, long[] values) {
        this.places = places;
        this.values = values;
    }

    static SparseCells of(long[] cells) {
        int used = 0;
        for (long cell : cells) {
            used += cell == 0 ? 0 : 1;
        }
        var places = new short[used];
        var values = new long[used];
        for (int i = 0, next = 0; i < cells.length; i++) {
            if (cells[i] != 0) {
                places[next] = (short) i;
                values[next++] = cells[i];
            }
        }
        return new SparseCells(places, values);
    }

    /** All cells, the caller's own. */
    long[] expand() {
        long[] cells = new long[Cells.ALL];
        addTo(cells);
        return cells;
    }

    void addTo(long[] cells) {
        for (int i = 0; i < places.length; i++) {
            cells[places[i]] += values[i];
        }
    }
}
