package dev.mayfly.http;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Rehearsal;
import dev.mayfly.pool.StringBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A made-up run before the first real one, on a thread with room.
 *
 * <p>A guest at the end of its stack that calls into this module could overflow it inside a static
 * initialiser or while a call site is linked. The JVM never tries either again, and every later
 * request would fail. So all that a guest can be the first to reach is reached here.
 */
final class FirstRun {
    private static final String HEAD = "Status: 200\nContent-Type: text/plain\nX: y\n\n";
    // Enough to make the answer flow.
    private static final int BODY = 20_000;

    private FirstRun() {}

    static void of(HttpTrigger trigger) {
        Manifest manifest = Manifests.bareModule("first", "first.wasm");
        manifest.functions()
                .values()
                .forEach(function -> rehearse(trigger.probe(manifest, function)));
        joinFields();
        refuseHead();
    }

    private static void joinFields() {
        MadeHead.Field one = new MadeHead.Field("x-a", "1");
        MadeHead.Field hop = new MadeHead.Field("connection", "x-b");
        MadeHead head = new MadeHead("GET", "/", List.of(one, one, hop), -1);
        HeaderVariables.write(head.headers(), true, new Variables(new HeapBlock()));
    }

    private static void refuseHead() {
        byte[] block = "no colon\n\n".getBytes(StandardCharsets.US_ASCII);
        new CgiHeadParser(text -> text).parse(block, block.length);
    }

    private static void rehearse(Rehearsal run) {
        try {
            run.environment(new HeapBlock());
            run.arguments(new HeapBlock());
            byte[] output = Arrays.copyOf(HEAD.getBytes(StandardCharsets.US_ASCII), BODY);
            run.read(output, output.length, 0);
            run.write(output, 0, 1);
            run.write(output, 1, output.length - 1);
            run.tick(System.nanoTime());
            run.finished(new Outcome.Exited(0), Evidence.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Strings that nobody reads. */
    private static final class HeapBlock implements StringBlock {
        private byte[] bytes = new byte[1024];
        private int end;

        @Override
        public byte[] room(int more) {
            if (end + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (end + more));
            }
            return bytes;
        }

        @Override
        public int end() {
            return end;
        }

        @Override
        public void accept(int length) {
            end += length;
        }

        @Override
        public void append(byte[] rendered, int[] offsets) {
            System.arraycopy(rendered, 0, room(rendered.length), end, rendered.length);
            end += rendered.length;
        }
    }
}
