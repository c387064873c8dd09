package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Tokens. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TokenRows extends GenericRepository<TokenRow, String> {
    @Query(
            "SELECT id, name, hash, scopes, created_at, created_by, expires_at FROM tokens"
                    + " WHERE id = :id")
    Optional<TokenRow> find(String id);

    @Query(
            "SELECT id, name, hash, scopes, created_at, created_by, expires_at FROM tokens"
                    + " ORDER BY created_at DESC, id")
    List<TokenRow> all();

    TokenRow save(TokenRow row);

    @Query("DELETE FROM tokens WHERE id = :id")
    int remove(String id);
}
