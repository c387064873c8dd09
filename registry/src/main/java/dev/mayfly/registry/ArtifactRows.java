package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Artifacts, without their bytes. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ArtifactRows extends GenericRepository<ArtifactRow, String> {
    @Query(
            "SELECT digest, size, stored, complete FROM artifacts"
                    + " WHERE digest = :digest FOR UPDATE")
    Optional<ArtifactRow> lock(String digest);

    @Query(
            "SELECT digest, size, stored, complete FROM artifacts"
                    + " WHERE digest IN (:digests) AND complete ORDER BY digest FOR KEY SHARE")
    List<ArtifactRow> lockComplete(Collection<String> digests);

    @Query("SELECT digest, size, stored, complete FROM artifacts WHERE digest = :digest")
    Optional<ArtifactRow> find(String digest);

    @Query("SELECT digest, size, stored, complete FROM artifacts WHERE digest IN (:digests)")
    List<ArtifactRow> find(Collection<String> digests);

    /** Makes it if it is missing; keeps it in any case. */
    @Query(
            "INSERT INTO artifacts (digest, size, kept_until)"
                    + " VALUES (:digest, :size, now() + :seconds * interval '1 second')"
                    + " ON CONFLICT (digest) DO UPDATE"
                    + " SET kept_until = greatest(artifacts.kept_until, excluded.kept_until)")
    void begin(String digest, long size, long seconds);

    @Query(
            "UPDATE artifacts SET kept_until ="
                    + " greatest(kept_until, now() + :seconds * interval '1 second')"
                    + " WHERE digest = :digest")
    void keep(String digest, long seconds);

    @Query("UPDATE artifacts SET stored = :stored WHERE digest = :digest")
    void grown(String digest, long stored);

    @Query("UPDATE artifacts SET complete = true WHERE digest = :digest")
    void completed(String digest);

    @Query("DELETE FROM artifacts WHERE digest = :digest")
    void remove(String digest);
}
