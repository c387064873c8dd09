package dev.mayfly.registry;

import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Artifacts by the SHA-256 of their bytes, each stored once. What a client uploads or asks for is
 * kept for {@link Retention#artifacts} even if nothing uses it: a deploy under way does not lose
 * what it was told is there. Calls block and throw {@link UnavailableException}. Any thread.
 */
public interface Artifacts {
    /** Most bytes that {@link #append} takes at once: 4 MiB. */
    int PIECE = 4 * 1024 * 1024;

    /**
     * {@return how far an artifact is stored; empty when it is unknown} Keeps it for a while.
     *
     * @param digest which
     */
    Optional<Stored> find(Digest digest);

    /**
     * {@return those of {@code digests} that are not stored whole} Keeps the others for a while.
     *
     * @param digests what a deploy needs
     */
    Set<Digest> missing(Collection<Digest> digests);

    /**
     * Adds a piece. The last piece has the whole checked against the digest; what does not match is
     * thrown away.
     *
     * @param digest which
     * @param size of the whole
     * @param offset where the piece belongs: where the last one ended
     * @param piece at most {@link #PIECE} bytes; empty only for an artifact of no bytes
     * @return how it ended
     */
    UploadResult append(Digest digest, long size, long offset, byte[] piece);

    /**
     * Opens an artifact that is stored whole. The stream fails with an {@link java.io.IOException}
     * before its last bytes when they do not have the digest: whoever reads to the end has the
     * artifact.
     *
     * @param digest which
     * @return its bytes; empty when it is not stored whole
     */
    Optional<InputStream> open(Digest digest);

    /**
     * How far an artifact is stored.
     *
     * @param size of the whole, in bytes
     * @param stored bytes that are here
     * @param complete whether it is here whole, and checked
     */
    record Stored(long size, long stored, boolean complete) {}
}
