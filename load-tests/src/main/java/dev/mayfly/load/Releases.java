package dev.mayfly.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The revisions of one app, one live after the other. Each says its number twice: its module in a
 * constant, its environment in a variable.
 */
final class Releases {
    static final String APP = "releases";

    /** What is changed by each deploy. */
    static final int MODULE_BYTES = 100_000;

    static final String FILE = "release.wasm";
    private static final Variants VARIANTS = Kind.RUST.variants("from Rust");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final AdminClient admin;
    private final Succession succession;

    /** The revision of each word. */
    private final List<Integer> revisions = new ArrayList<>();

    Releases(AdminClient admin, Succession succession) {
        this.admin = admin;
        this.succession = succession;
    }

    /**
     * What a step took.
     *
     * @param call the admin API, uploads included
     * @param everywhere from the commit to the first answer of the last gateway
     */
    record Took(Duration call, Duration everywhere) {}

    /**
     * Deploys the first and returns when every gateway serves it.
     *
     * @param ports of the gateways
     */
    void begin(List<Integer> ports) throws IOException, InterruptedException {
        succession.next(0);
        revisions.add(post(0));
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int port : ports) {
            while (!isServed(port)) {
                if (System.nanoTime() > end) {
                    throw new IOException("not served at port " + port + " after " + PATIENCE);
                }
                Thread.sleep(LOOK);
            }
        }
    }

    private static boolean isServed(int port) throws IOException {
        try (Wire wire = new Wire(port)) {
            return wire.ask(Wire.get(Apps.host(APP), "/")).status() == 200;
        }
    }

    /** Deploys a new module with a new environment. */
    Took deploy() throws IOException, InterruptedException {
        int word = revisions.size();
        int step = succession.next(word);
        long begun = System.nanoTime();
        revisions.add(post(word));
        return took(begun, step);
    }

    /** Goes {@code back} deploys back. */
    Took rollBack(int back) throws IOException, InterruptedException {
        int word = revisions.size() - 1 - back;
        int step = succession.next(word);
        long begun = System.nanoTime();
        admin.rollBack(APP, revisions.get(word));
        return took(begun, step);
    }

    /** Deploys what the last {@link #deploy} did, while it is live. */
    Duration again() throws IOException, InterruptedException {
        int last = revisions.size() - 1;
        long begun = System.nanoTime();
        int revision = post(last);
        Duration call = Duration.ofNanos(System.nanoTime() - begun);
        if (revision != revisions.get(last)) {
            throw new IllegalStateException(
                    "revision " + revision + " (expected: " + revisions.get(last) + " again)");
        }
        return call;
    }

    private int post(int word) throws IOException, InterruptedException {
        return admin.deploy(APP, manifest(word), FILE, module(word));
    }

    static String manifest(int word) {
        String greeting = "environment = { GREETING = \"" + Variants.word(word) + "\" }";
        return Apps.function(APP, FILE, greeting);
    }

    static byte[] module(int word) {
        return padded(VARIANTS.variant(word));
    }

    private Took took(long begun, int step) throws IOException, InterruptedException {
        Duration call = Duration.ofNanos(System.nanoTime() - begun);
        Instant last = succession.awaitEverywhere(step, PATIENCE);
        return new Took(call, Duration.between(admin.changed(APP), last));
    }

    /** With a section that nobody reads, to {@link #MODULE_BYTES}. */
    private static byte[] padded(byte[] module) {
        int bytes = MODULE_BYTES - module.length - 4; // its kind and its length
        ByteArrayOutputStream padded = new ByteArrayOutputStream(MODULE_BYTES);
        padded.writeBytes(module);
        padded.write(0);
        padded.write(0x80 | (bytes & 0x7F));
        padded.write(0x80 | ((bytes >> 7) & 0x7F));
        padded.write(bytes >> 14);
        byte[] section = new byte[bytes];
        section[0] = 1; // the length of its name
        section[1] = 'x';
        padded.writeBytes(section);
        return padded.toByteArray();
    }
}
