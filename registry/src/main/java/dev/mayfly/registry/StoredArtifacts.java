package dev.mayfly.registry;

import dev.mayfly.registry.UploadResult.Complete;
import dev.mayfly.registry.UploadResult.Continue;
import dev.mayfly.registry.UploadResult.Mismatch;
import dev.mayfly.registry.UploadResult.TooLarge;
import dev.mayfly.registry.UploadResult.WrongOffset;
import dev.mayfly.registry.UploadResult.WrongSize;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Artifacts in chunks, one for each piece that came. One piece is one transaction, so an upload
 * that breaks goes on where it was. Two that upload the same at once find each other at the
 * artifact's row: one piece is stored, the other caller is told where it goes on.
 */
@Singleton
final class StoredArtifacts implements Artifacts {
    private final Database database;
    private final ArtifactRows artifacts;
    private final ChunkRows chunks;
    private final Retention retention;

    StoredArtifacts(
            Database database, ArtifactRows artifacts, ChunkRows chunks, Retention retention) {
        this.database = database;
        this.artifacts = artifacts;
        this.chunks = chunks;
        this.retention = retention;
    }

    @Override
    public Optional<Stored> find(Digest digest) {
        return database.write(() -> {
            artifacts.keep(digest.hex(), seconds());
            return artifacts.find(digest.hex()).map(ArtifactRow::progress);
        });
    }

    @Override
    public Set<Digest> missing(Collection<Digest> digests) {
        Set<Digest> missing = new HashSet<>(digests);
        if (!missing.isEmpty()) {
            Set<String> names = missing.stream().map(Digest::hex).collect(Collectors.toSet());
            database.write(() -> {
                names.stream().sorted().forEach(name -> artifacts.keep(name, seconds()));
                return artifacts.find(names).stream()
                        .filter(ArtifactRow::complete)
                        .map(row -> missing.remove(row.name()))
                        .toList();
            });
        }
        return missing;
    }

    @Override
    public UploadResult append(Digest digest, long size, long offset, byte[] piece) {
        if (piece.length > PIECE) {
            throw new IllegalArgumentException(
                    "piece of " + piece.length + " bytes (expected: at most " + PIECE + ")");
        }
        if (offset < 0 || size < offset) {
            throw new IllegalArgumentException(
                    "offset " + offset + " of " + size + " (expected: 0 to the size)");
        }
        if (size > retention.artifactBytes()) {
            return new TooLarge(retention.artifactBytes());
        }
        return database.write(() -> {
            artifacts.begin(digest.hex(), size, seconds());
            ArtifactRow row = artifacts.lock(digest.hex()).orElseThrow();
            return append(row, size, offset, piece);
        });
    }

    private UploadResult append(ArtifactRow row, long size, long offset, byte[] piece) {
        if (row.complete()) {
            return new Complete();
        }
        if (row.size() != size || offset + piece.length > size) {
            return new WrongSize(row.size());
        }
        if (row.stored() != offset || (piece.length == 0 && size > 0)) {
            return new WrongOffset(row.stored());
        }
        if (piece.length > 0) {
            chunks.add(row.digest(), offset, piece);
            artifacts.grown(row.digest(), offset + piece.length);
        }
        return offset + piece.length < size ? new Continue(offset + piece.length) : finish(row);
    }

    /** Reads back what is stored, not what came: that is what will be served. */
    private UploadResult finish(ArtifactRow row) {
        MessageDigest hash = Sha256.begin();
        long position = 0;
        while (position < row.size()) {
            byte[] bytes = chunks.find(row.digest(), position).orElseThrow().bytes();
            hash.update(bytes);
            position += bytes.length;
        }
        Digest actual = Digest.ofHash(hash.digest());
        if (actual.equals(row.name())) {
            artifacts.completed(row.digest());
            return new Complete();
        }
        artifacts.remove(row.digest());
        return new Mismatch(actual);
    }

    @Override
    public Optional<InputStream> open(Digest digest) {
        return database.read(() -> artifacts.find(digest.hex()))
                .filter(ArtifactRow::complete)
                .map(row -> new VerifiedStream(row, this::chunk));
    }

    private Optional<byte[]> chunk(String digest, long position) {
        return database.read(() -> chunks.find(digest, position)).map(ChunkRow::bytes);
    }

    private long seconds() {
        return Math.max(1, retention.artifacts().toSeconds());
    }
}
