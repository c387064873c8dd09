package dev.mayfly.pool;

import dev.mayfly.pool.ArtifactFile.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** A frozen function as it is kept: its memory without lines of zeros, and the rest. */
final class ImageCodec {
    private static final String MEMORY = "memory";
    private static final String REST = "rest";
    private static final String FUNCTION = "function";

    private ImageCodec() {}

    static Map<String, byte[]> parts(FrozenFunction function) {
        FrozenState state = function.snapshot().state();
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(MEMORY, state.memory().packed());
        parts.put(REST, encoded(out -> rest(state, out)));
        parts.put(FUNCTION, encoded(out -> FunctionCodec.write(function, out)));
        return parts;
    }

    private static void rest(FrozenState state, DataOutputStream out) throws IOException {
        out.writeInt(state.globals().length);
        for (long global : state.globals()) {
            out.writeLong(global);
        }
        out.writeInt(state.tables().length);
        for (int[] table : state.tables()) {
            out.writeInt(table.length);
            for (int entry : table) {
                out.writeInt(entry);
            }
        }
        byte[] dropped = state.segments().dropped().toByteArray();
        out.writeInt(dropped.length);
        out.write(dropped);
    }

    /** What {@code encoding} writes. */
    static byte[] encoded(Encoding encoding) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            encoding.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes every byte", e);
        }
        return bytes.toByteArray();
    }

    /** The state of a function whose copies are made from {@code module}. */
    static FrozenState state(ArtifactFile file, CompiledModule module)
            throws IOException, DamagedException {
        MemoryImage memory = MemoryImage.unpacked(file.part(MEMORY));
        PartReader in = new PartReader(file.part(REST));
        long[] globals = in.longs();
        int[][] tables = in.list(4, PartReader::ints).toArray(new int[0][]);
        BitSet dropped = BitSet.valueOf(in.bytes());
        Segments.Image segments = Segments.Image.of(module.module(), dropped);
        return new FrozenState(memory, globals, tables, segments);
    }

    /** The function of {@code snapshot}. */
    static FrozenFunction function(ArtifactFile file, Snapshot snapshot, FrozenKey key)
            throws IOException, DamagedException {
        return FunctionCodec.read(new PartReader(file.part(FUNCTION)), snapshot, key);
    }

    /** Writes one part. */
    @FunctionalInterface
    interface Encoding {
        void to(DataOutputStream out) throws IOException;
    }
}
