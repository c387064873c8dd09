package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Secrets, sealed. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SecretRows extends GenericRepository<SecretRow, String> {
    @Query("SELECT app, name, key_id, sealed FROM secrets WHERE app = :app ORDER BY name")
    List<SecretRow> of(String app);

    @Query("SELECT app, name, key_id, sealed FROM secrets WHERE key_id <> :keyId")
    List<SecretRow> notUnder(String keyId);

    @Query(
            "INSERT INTO secrets (app, name, key_id, sealed) VALUES (:app, :name, :keyId, :sealed)"
                    + " ON CONFLICT (app, name) DO UPDATE"
                    + " SET key_id = excluded.key_id, sealed = excluded.sealed")
    void put(String app, String name, String keyId, byte[] sealed);

    @Query("DELETE FROM secrets WHERE app = :app AND name = :name")
    int remove(String app, String name);

    @Query("DELETE FROM secrets WHERE app = :app")
    void removeAll(String app);
}
