package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Rollouts. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RolloutRows extends GenericRepository<RolloutRow, String> {
    String COLUMNS =
            "SELECT app, revision, base, percent, step_seconds, abort_on, next_at, state,"
                    + " next_at <= clock_timestamp() AS due FROM rollouts";

    @Query(COLUMNS + " WHERE app = :app")
    Optional<RolloutRow> find(String app);

    @Query(COLUMNS + " WHERE state = 'running' ORDER BY app")
    List<RolloutRow> running();

    @Query(
            "INSERT INTO rollouts (app, revision, base, percent, step_seconds, abort_on, next_at)"
                    + " VALUES (:app, :revision, :base, :percent, :seconds, :abortOn,"
                    + " clock_timestamp() + :seconds * interval '1 second')"
                    + " ON CONFLICT (app) DO UPDATE SET revision = excluded.revision,"
                    + " base = excluded.base, percent = excluded.percent,"
                    + " step_seconds = excluded.step_seconds, abort_on = excluded.abort_on,"
                    + " next_at = excluded.next_at, state = 'running'")
    void begin(String app, int revision, int base, int percent, long seconds, String abortOn);

    @Query(
            "UPDATE rollouts SET percent = :percent, state = :state,"
                    + " next_at = clock_timestamp() + step_seconds * interval '1 second'"
                    + " WHERE app = :app")
    void moved(String app, int percent, String state);

    /** One that runs ends when the weights are changed. */
    @Query("UPDATE rollouts SET state = 'overruled' WHERE app = :app AND state = 'running'")
    void overrule(String app);

    @Query("UPDATE rollouts SET state = :state WHERE app = :app")
    void end(String app, String state);
}
