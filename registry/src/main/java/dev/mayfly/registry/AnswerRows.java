package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Remembered idempotency keys. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AnswerRows extends GenericRepository<AnswerRow, String> {
    @Query(
            "SELECT who, key, request, app, revision FROM answers"
                    + " WHERE who = :who AND key = :key")
    Optional<AnswerRow> find(String who, String key);

    @Query(
            "INSERT INTO answers (who, key, request, app, revision)"
                    + " VALUES (:who, :key, :request, :app, :revision)")
    void add(String who, String key, String request, String app, int revision);
}
