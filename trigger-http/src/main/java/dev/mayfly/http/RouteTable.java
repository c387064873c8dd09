package dev.mayfly.http;

import java.util.List;

/** An immutable set of routes; made by {@link HttpTrigger#table}. */
public interface RouteTable {
    /** {@return the routes, best match first within a host, for people to read} */
    List<Row> rows();

    /**
     * One route.
     *
     * @param app the app's name
     * @param host a host, {@code *.suffix} or {@code *}
     * @param methods {@code *} or a list
     * @param route as written
     * @param target what answers: {@code hello}, {@code static 301}, {@code files public}
     */
    record Row(String app, String host, String methods, String route, String target) {}
}
