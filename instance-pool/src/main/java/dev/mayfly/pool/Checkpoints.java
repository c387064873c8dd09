package dev.mayfly.pool;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a branch to nowhere at the beginning of each function and of each round of a loop.
 *
 * <p>The interpreter looks whether its run is to end at {@code br} and at calls, not at the other
 * branches nor at {@code return_call}; with those alone a guest could go on for ever. Compiled
 * code, which looks at each branch backwards, needs none of it (docs/adr/0081).
 *
 * <pre>
 *   loop T   becomes   loop T  block  br 0  end
 * </pre>
 */
final class Checkpoints {
    /** {@code block br 0 end} */
    private static final byte[] CHECKPOINT = {0x02, 0x40, 0x0C, 0x00, 0x0B};

    private final byte[] module;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Checkpoints(byte[] module) {
        this.module = module;
    }

    /** The content of the code section of a valid {@code module}, with them. */
    static ByteArrayOutputStream in(byte[] module, BinaryReader code) throws UnloadableException {
        Checkpoints with = new Checkpoints(module);
        int count = code.count("functions");
        BareModule.writeU32(with.out, count);
        for (int left = count; left > 0; left--) {
            with.body(code.slice(code.u32()));
        }
        return with.out;
    }

    private void body(BinaryReader in) throws UnloadableException {
        int from = in.position();
        OutlineReader.locals(in);
        List<Integer> places = new ArrayList<>(List.of(in.position()));
        new CodeScan().body(in, places::add);
        BareModule.writeU32(out, in.position() - from + places.size() * CHECKPOINT.length);
        int written = from;
        for (int place : places) {
            out.write(module, written, place - written);
            out.writeBytes(CHECKPOINT);
            written = place;
        }
        out.write(module, written, in.position() - written);
    }
}
