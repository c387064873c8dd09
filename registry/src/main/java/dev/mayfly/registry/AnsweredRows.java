package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** What gateways counted of split apps. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AnsweredRows extends GenericRepository<AnsweredRow, String> {
    @Query(
            "INSERT INTO answered (gateway, app, revision, status, count)"
                    + " VALUES (:gateway, :app, :revision, :status, :count)"
                    + " ON CONFLICT (gateway, app, revision, status)"
                    + " DO UPDATE SET count = excluded.count")
    void put(String gateway, String app, int revision, int status, long count);

    @Query(
            "SELECT app, revision, status, sum(count)::bigint AS count FROM answered"
                    + " WHERE app = :app AND revision = :revision"
                    + " GROUP BY app, revision, status ORDER BY status")
    List<AnsweredRow> of(String app, int revision);

    @Query("DELETE FROM answered WHERE app = :app")
    void forget(String app);
}
