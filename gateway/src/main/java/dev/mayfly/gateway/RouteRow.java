package dev.mayfly.gateway;

import dev.mayfly.http.RouteTable;
import java.util.List;

/**
 * A served route, for people to read.
 *
 * @param app the app's name
 * @param host a host, {@code *.suffix} or {@code *}
 * @param methods {@code *} or a list
 * @param route as written
 * @param target what answers: {@code hello}, {@code static 301}, {@code files public}
 */
public record RouteRow(String app, String host, String methods, String route, String target) {
    static List<RouteRow> of(RouteTable table) {
        return table.rows().stream().map(RouteRow::of).toList();
    }

    private static RouteRow of(RouteTable.Row row) {
        return new RouteRow(row.app(), row.host(), row.methods(), row.route(), row.target());
    }
}
