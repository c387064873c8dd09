package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Which revisions answer. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface WeightRows extends GenericRepository<WeightRow, String> {
    @Query("SELECT app, revision, percent FROM weights WHERE app = :app ORDER BY revision")
    List<WeightRow> of(String app);

    @Query("SELECT app, revision, percent FROM weights ORDER BY app, revision")
    List<WeightRow> all();

    @Query("DELETE FROM weights WHERE app = :app")
    void clear(String app);

    @Query("INSERT INTO weights (app, revision, percent) VALUES (:app, :revision, :percent)")
    void add(String app, int revision, int percent);
}
