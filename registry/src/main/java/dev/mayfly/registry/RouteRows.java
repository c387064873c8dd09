package dev.mayfly.registry;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;

/** Who owns which route. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RouteRows extends GenericRepository<RouteRow, String> {
    @Query(
            "SELECT app, host, shape, method, pattern FROM routes"
                    + " ORDER BY host, pattern, method, app")
    List<RouteRow> all();

    @Query("SELECT app, host, shape, method, pattern FROM routes WHERE app = :app")
    List<RouteRow> of(String app);

    /** Others' with one of these shapes: few; hosts and methods are compared in code. */
    @Query(
            "SELECT app, host, shape, method, pattern FROM routes"
                    + " WHERE app <> :app AND shape IN (:shapes) ORDER BY app, host, shape, method")
    List<RouteRow> ofOthers(String app, Collection<String> shapes);

    @Query(
            "INSERT INTO routes (app, host, shape, method, pattern)"
                    + " VALUES (:app, :host, :shape, :method, :pattern)")
    void add(String app, String host, String shape, String method, String pattern);

    @Query("DELETE FROM routes WHERE app = :app")
    void clear(String app);
}
