package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Gateways. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface GatewayRows extends GenericRepository<GatewayRow, String> {
    @Query(
            "INSERT INTO gateways (id, name, address, admin, applied, seen_at)"
                    + " VALUES (:id, :name, :address, :admin, :applied, clock_timestamp())"
                    + " ON CONFLICT (id) DO UPDATE SET applied = excluded.applied,"
                    + " address = excluded.address, admin = excluded.admin,"
                    + " seen_at = excluded.seen_at")
    void put(String id, String name, String address, String admin, long applied);

    /** Not there any more, but not forgotten either. */
    @Query("UPDATE gateways SET seen_at = seen_at - interval '1 hour' WHERE id = :id")
    void gone(String id);

    @Query(
            "SELECT id, name, address, admin, applied, seen_at FROM gateways"
                    + " WHERE seen_at > clock_timestamp() - :seconds * interval '1 second'"
                    + " ORDER BY name, id")
    List<GatewayRow> present(long seconds);
}
