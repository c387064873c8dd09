package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Variables that may be shown. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface VariableRows extends GenericRepository<VariableRow, String> {
    @Query("SELECT app, name, value FROM variables WHERE app = :app ORDER BY name")
    List<VariableRow> of(String app);

    @Query(
            "INSERT INTO variables (app, name, value) VALUES (:app, :name, :value)"
                    + " ON CONFLICT (app, name) DO UPDATE SET value = excluded.value")
    void put(String app, String name, String value);

    @Query("DELETE FROM variables WHERE app = :app AND name = :name")
    int remove(String app, String name);

    @Query("DELETE FROM variables WHERE app = :app")
    void removeAll(String app);
}
