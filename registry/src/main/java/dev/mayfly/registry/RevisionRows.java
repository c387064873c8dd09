package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Revisions. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RevisionRows extends GenericRepository<RevisionRow, String> {
    @Query(
            "SELECT app, number, manifest, at, who, message FROM revisions"
                    + " WHERE app = :app AND number = :number")
    Optional<RevisionRow> find(String app, int number);

    @Query(
            "SELECT app, number, '' AS manifest, at, who, message FROM revisions"
                    + " WHERE app = :app ORDER BY number DESC")
    List<RevisionRow> summaries(String app);

    @Query("SELECT count(*) > 0 FROM revisions WHERE app = :app AND number = :number")
    boolean has(String app, int number);

    @Query(
            "INSERT INTO revisions (app, number, manifest, who, message)"
                    + " VALUES (:app, :number, :manifest, :who, :message)")
    void add(String app, int number, String manifest, String who, String message);

    @Query("UPDATE revisions SET activated = :change WHERE app = :app AND number = :number")
    void activated(String app, int number, long change);

    /** The newest before {@code live} that was live once; 0 when there is none. */
    @Query(
            "SELECT coalesce(max(number), 0) FROM revisions"
                    + " WHERE app = :app AND number < :live AND activated > 0")
    int before(String app, int live);

    @Query("DELETE FROM revisions WHERE app = :app")
    void removeAll(String app);
}
