package dev.mayfly.pool;

import dev.mayfly.pool.ArtifactFile.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one part of an artifact; believes no count that the bytes left cannot hold. */
final class PartReader {
    private final DataInputStream in;

    PartReader(byte[] part) {
        in = new DataInputStream(new ByteArrayInputStream(part));
    }

    boolean flag() throws IOException {
        return in.readBoolean();
    }

    int i32() throws IOException {
        return in.readInt();
    }

    String text() throws IOException {
        return in.readUTF();
    }

    /** A list whose items take at least {@code bytesEach}. */
    <T> List<T> list(int bytesEach, Item<T> item) throws IOException, DamagedException {
        int count = count(bytesEach);
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.read(this));
        }
        return List.copyOf(items);
    }

    byte[] bytes() throws IOException, DamagedException {
        return in.readNBytes(count(1));
    }

    long[] longs() throws IOException, DamagedException {
        long[] longs = new long[count(8)];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = in.readLong();
        }
        return longs;
    }

    int[] ints() throws IOException, DamagedException {
        int[] ints = new int[count(4)];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = in.readInt();
        }
        return ints;
    }

    private int count(int bytesEach) throws IOException, DamagedException {
        int count = in.readInt();
        if (count < 0 || (long) count * bytesEach > in.available()) {
            throw new DamagedException("with more items than bytes");
        }
        return count;
    }

    /** Reads one item of a list. */
    @FunctionalInterface
    interface Item<T> {
        T read(PartReader in) throws IOException, DamagedException;
    }
}
