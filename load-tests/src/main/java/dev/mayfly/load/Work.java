package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;

/**
 * A request to the guest {@code work-c}, and the answer it must give: the same hash, reckoned here.
 *
 * @param rounds turns of the hash: what it costs
 * @param salt makes this answer another than all others
 * @param body sent with it; none makes it a {@code GET}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Work(long rounds, long salt, byte[] body) {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final byte[] NONE = {};

    static Work of(long rounds, long salt) {
        return new Work(rounds, salt, NONE);
    }

    private String query() {
        return "rounds=" + rounds + "&salt=" + salt;
    }

    String digits() {
        long hash = add(add(BASIS, query().getBytes(ISO_8859_1)), body);
        return HexFormat.of().toHexDigits(turned(hash, rounds));
    }

    private static long add(long hash, byte[] bytes) {
        for (byte next : bytes) {
            hash = (hash ^ (next & 0xff)) * PRIME;
        }
        return hash;
    }

    private static long turned(long hash, long rounds) {
        long x = hash | 1;
        for (long i = 0; i < rounds; i++) {
            x ^= x >>> 12;
            x ^= x << 25;
            x ^= x >>> 27;
            x *= 0x2545f4914f6cdd1dL;
        }
        return x;
    }

    /** To be answered with the right digits, whichever variant of the guest serves. */
    Ask ask(String host) {
        String expected = " " + digits() + "\n";
        return new Ask(
                request(host),
                answer -> answer.status() == 200 && answer.text().endsWith(expected));
    }

    private byte[] request(String host) {
        if (body.length == 0) {
            return Wire.get(host, "/?" + query());
        }
        return Wire.post(host, "/?" + query(), body);
    }

    /** The same request over and over: reckoned once, since the driver shares the cores. */
    static Ask always(String host, long rounds) {
        return of(rounds, 0).ask(host);
    }
}
