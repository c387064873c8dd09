package dev.mayfly.registry;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * An artifact, chunk by chunk, each read when it is needed and hashed before it is given out. The
 * last one is given out only when the whole has its digest.
 */
final class VerifiedStream extends InputStream {
    private final ArtifactRow artifact;
    private final Source source;
    private final MessageDigest hash = Sha256.begin();
    private byte[] chunk = {};
    private int used;
    private long position;

    VerifiedStream(ArtifactRow artifact, Source source) {
        this.artifact = artifact;
        this.source = source;
    }

    /** Where chunks come from. */
    @FunctionalInterface
    interface Source {
        Optional<byte[]> chunk(String digest, long position);
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : chunk[used++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - used);
        System.arraycopy(chunk, used, into, offset, count);
        used += count;
        return count;
    }

    private boolean isAtEnd() throws IOException {
        if (used == chunk.length && position < artifact.size()) {
            next();
        }
        return used == chunk.length;
    }

    private void next() throws IOException {
        byte[] bytes = fetch();
        if (bytes.length == 0 || bytes.length > artifact.size() - position) {
            throw damaged();
        }
        hash.update(bytes);
        position += bytes.length;
        if (position == artifact.size() && !Digest.ofHash(hash.digest()).equals(artifact.name())) {
            throw damaged();
        }
        chunk = bytes;
        used = 0;
    }

    private byte[] fetch() throws IOException {
        try {
            return source.chunk(artifact.digest(), position).orElseThrow(this::damaged);
        } catch (UnavailableException e) {
            throw new IOException("artifact " + artifact.digest() + ": " + e.getMessage(), e);
        }
    }

    private IOException damaged() {
        return new IOException(
                "artifact "
                        + artifact.digest()
                        + " is damaged in the database, at byte "
                        + position
                        + " or before: restore it from a backup");
    }
}
