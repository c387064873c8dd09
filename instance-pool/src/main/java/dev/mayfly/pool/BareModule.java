package dev.mayfly.pool;

import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * Strips a binary to what copies of its snapshot need: parsing the rest is most of a cold start.
 *
 * <pre>
 *   code      gone; the compiled classes stand for it. If any of it is interpreted it stays,
 *             with {@link Checkpoints}
 *   data      active segments are empty: their bytes are in the image. Passive ones stay
 *   element   likewise: theirs are in the tables
 *   start     gone: an instance would call it
 *   custom    gone
 *   the rest  as it is
 * </pre>
 */
final class BareModule {
    private static final int HEAD = 8;
    private static final int CUSTOM = 0;
    private static final int START = 8;
    private static final int ELEMENT = 9;
    private static final int CODE = 10;
    private static final int DATA = 11;
    private static final Set<Integer> UNNEEDED = Set.of(CUSTOM, START);

    private final byte[] module;
    private final boolean withCode;
    private final boolean withData;
    private final Set<Integer> leftOut;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private BareModule(byte[] module, boolean withCode, boolean withData, Set<Integer> leftOut) {
        this.module = module;
        this.leftOut = leftOut;
        this.withCode = withCode;
        this.withData = withData;
    }

    /**
     * A valid {@code module} stripped.
     *
     * @param interpreted whether any of its functions is: then code stays
     * @param references whether it has garbage-collected objects: they are made of any data
     */
    static byte[] of(byte[] module, boolean interpreted, boolean references)
            throws UnloadableException {
        return new BareModule(module, interpreted, references, UNNEEDED).stripped();
    }

    /** A valid {@code module} of which only the code is taken out: to make an instance of. */
    static byte[] withoutCode(byte[] module) throws UnloadableException {
        return new BareModule(module, false, true, Set.of()).stripped();
    }

    private byte[] stripped() throws UnloadableException {
        out.write(module, 0, HEAD);
        BinaryReader in = new BinaryReader(module, HEAD, module.length);
        while (in.remaining() > 0) {
            int from = in.position();
            int id = in.u8();
            BinaryReader section = in.slice(in.u32());
            if (id == CODE && withCode) {
                write(id, Checkpoints.in(module, section));
            } else if (id == ELEMENT && !withData) {
                write(id, withoutElements(section));
            } else if (id == DATA && !withData) {
                write(id, withoutData(section));
            } else if (id != CODE && !leftOut.contains(id)) {
                out.write(module, from, in.position() - from);
            }
        }
        return out.toByteArray();
    }

    private ByteArrayOutputStream withoutElements(BinaryReader all) throws UnloadableException {
        int count = all.count("element segments");
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        writeU32(segments, count);
        for (int left = count; left > 0; left--) {
            int from = all.position();
            long flags = all.u32();
            boolean active = (flags & 1) == 0;
            OutlineReader.elementHead(all, flags, new CodeScan());
            int head = all.position();
            OutlineReader.element(all, (flags & 4) != 0, new CodeScan());
            segments.write(module, from, (active ? head : all.position()) - from);
            if (active) {
                segments.write(0);
            }
        }
        return segments;
    }

    private ByteArrayOutputStream withoutData(BinaryReader data) throws UnloadableException {
        int count = data.count("data segments");
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        writeU32(segments, count);
        for (int left = count; left > 0; left--) {
            int from = data.position();
            long mode = data.u32();
            if (mode == 2) {
                data.u32();
            }
            boolean passive = mode == 1;
            if (!passive) {
                new CodeScan().expression(data);
            }
            int head = data.position();
            data.skip(data.u32());
            segments.write(module, from, (passive ? data.position() : head) - from);
            if (!passive) {
                segments.write(0);
            }
        }
        return segments;
    }

    private void write(int id, ByteArrayOutputStream section) {
        out.write(id);
        writeU32(out, section.size());
        out.writeBytes(section.toByteArray());
    }

    static void writeU32(ByteArrayOutputStream to, int value) {
        int left = value;
        while (left >= 0x80) {
            to.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        to.write(left);
    }
}
