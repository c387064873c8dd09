package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The bytes of artifacts. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ChunkRows extends GenericRepository<ChunkRow, String> {
    @Query("INSERT INTO chunks (digest, position, bytes) VALUES (:digest, :position, :bytes)")
    void add(String digest, long position, byte[] bytes);

    @Query(
            "SELECT digest, position, bytes FROM chunks"
                    + " WHERE digest = :digest AND position = :position")
    Optional<ChunkRow> find(String digest, long position);
}
