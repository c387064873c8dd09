package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Which artifacts a revision uses. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ArtifactUses extends GenericRepository<ArtifactUse, String> {
    @Query(
            "SELECT app, revision, path, digest FROM revision_artifacts"
                    + " WHERE app = :app AND revision = :revision")
    List<ArtifactUse> of(String app, int revision);

    @Query(
            "INSERT INTO revision_artifacts (app, revision, path, digest)"
                    + " VALUES (:app, :revision, :path, :digest)")
    void add(String app, int revision, String path, String digest);
}
