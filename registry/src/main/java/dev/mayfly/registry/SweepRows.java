package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Takes away what the retention does not keep. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SweepRows extends GenericRepository<HeadRow, Boolean> {
    @Query(
            "DELETE FROM revisions old WHERE number <="
                    + " (SELECT number FROM revisions newer WHERE newer.app = old.app"
                    + " ORDER BY number DESC OFFSET :keep LIMIT 1)"
                    + " AND NOT EXISTS (SELECT FROM weights"
                    + " WHERE weights.app = old.app AND weights.revision = old.number)")
    int revisions(int keep);

    /** Rows that an upload holds just now are left for the next time. */
    @Query(
            "DELETE FROM artifacts WHERE digest IN (SELECT digest FROM artifacts unused"
                    + " WHERE kept_until < now() AND NOT EXISTS (SELECT FROM revision_artifacts used"
                    + " WHERE used.digest = unused.digest) FOR UPDATE SKIP LOCKED)")
    int artifacts();

    /** A day: their counts may still have a part in a rollout that goes on. */
    @Query("DELETE FROM gateways WHERE seen_at < clock_timestamp() - interval '1 day'")
    int gateways();

    @Query("DELETE FROM answers WHERE at < now() - :seconds * interval '1 second'")
    int answers(long seconds);

    @Query("DELETE FROM changes WHERE at < now() - :seconds * interval '1 second'")
    int changes(long seconds);
}
