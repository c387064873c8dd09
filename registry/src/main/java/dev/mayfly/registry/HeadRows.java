package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** The one row of {@code head}. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface HeadRows extends GenericRepository<HeadRow, Boolean> {
    @Query("SELECT number FROM head")
    long number();

    /** Waits for whoever changes something now. */
    @Query("SELECT number FROM head FOR UPDATE")
    long lock();

    @Query("UPDATE head SET number = :number")
    void advance(long number);
}
