package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Apps, and the last number of each. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AppRows extends GenericRepository<AppRow, String> {
    @Query("SELECT name, version, live FROM apps WHERE name = :name")
    Optional<AppRow> find(String name);

    @Query("SELECT name, version, live FROM apps ORDER BY name")
    List<AppRow> all();

    @Query(
            "INSERT INTO apps (name, version) VALUES (:name, :version)"
                    + " ON CONFLICT (name) DO UPDATE SET version = excluded.version")
    void put(String name, long version);

    @Query("UPDATE apps SET live = :live WHERE name = :name")
    void setLive(String name, int live);

    @Query("DELETE FROM apps WHERE name = :name")
    void remove(String name);

    @Query(
            "INSERT INTO numbers (app, last) VALUES (:app, 1)"
                    + " ON CONFLICT (app) DO UPDATE SET last = numbers.last + 1")
    void countUp(String app);

    @Query("SELECT last FROM numbers WHERE app = :app")
    int lastNumber(String app);
}
