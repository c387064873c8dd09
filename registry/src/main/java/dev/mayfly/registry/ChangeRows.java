package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The audit log. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ChangeRows extends GenericRepository<ChangeRow, Long> {
    @Query(
            "INSERT INTO changes (number, who, action, app, revision, detail)"
                    + " VALUES (:number, :who, :action, :app, :revision, :detail)")
    void add(long number, String who, String action, String app, int revision, String detail);

    @Query(
            "SELECT number, at, who, action, app, revision, detail FROM changes"
                    + " WHERE number > :after ORDER BY number LIMIT :most")
    List<ChangeRow> after(long after, int most);

    @Query(
            "SELECT number, at, who, action, app, revision, detail FROM changes"
                    + " WHERE number < :before AND (:app = '' OR app = :app)"
                    + " ORDER BY number DESC LIMIT :most")
    List<ChangeRow> before(long before, String app, int most);

    /** 0 when there is none. */
    @Query("SELECT coalesce(min(number), 0) FROM changes")
    long oldest();
}
