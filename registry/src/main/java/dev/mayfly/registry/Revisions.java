package dev.mayfly.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whole revisions. What is read once is kept in memory, up to 16 MiB of manifests, as a number
 * never means another text: a gateway that asks for an app after each change of a variable reads
 * only what is new. Whether a revision is still kept, the database says each time.
 */
@Singleton
final class Revisions {
    private static final long MANIFEST_CHARS = 16L * 1024 * 1024;

    private final RevisionRows rows;
    private final ArtifactUses uses;
    private final Cache<Key, Revision> known =
            Caffeine.newBuilder()
                    .maximumWeight(MANIFEST_CHARS)
                    .weigher((Key _, Revision revision) -> 500 + revision.manifest().length())
                    .build();

    Revisions(RevisionRows rows, ArtifactUses uses) {
        this.rows = rows;
        this.uses = uses;
    }

    /** Within the caller's transaction. */
    Optional<Revision> find(String app, int number) {
        return rows.has(app, number)
                ? Optional.of(known.get(new Key(app, number), this::read))
                : Optional.empty();
    }

    /** The newest before {@code live} that was live once; 0 when there is none. */
    int before(String app, int live) {
        return rows.before(app, live);
    }

    List<Revision.Summary> summaries(String app) {
        return rows.summaries(app).stream().map(RevisionRow::summary).toList();
    }

    private Revision read(Key key) {
        RevisionRow row = rows.find(key.app(), key.number()).orElseThrow();
        Map<String, Digest> artifacts =
                uses.of(key.app(), key.number()).stream()
                        .collect(
                                Collectors.toMap(
                                        ArtifactUse::path, use -> new Digest(use.digest())));
        return new Revision(row.summary(), row.manifest(), artifacts);
    }

    private record Key(String app, int number) {}
}
