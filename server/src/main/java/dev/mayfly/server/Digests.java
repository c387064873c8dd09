package dev.mayfly.server;

import dev.mayfly.registry.Digest;
import java.util.Collection;
import java.util.List;

/** Digests as the API writes them. */
final class Digests {
    /** What a digest looks like. */
    static final String PATTERN = "sha256:[0-9a-f]{64}";

    private static final String PREFIX = "sha256:";

    private Digests() {}

    static Digest read(String text) {
        return new Digest(text.substring(PREFIX.length()));
    }

    static String text(Digest digest) {
        return PREFIX + digest.hex();
    }

    static List<String> texts(Collection<Digest> digests) {
        return digests.stream().map(Digests::text).sorted().toList();
    }
}
