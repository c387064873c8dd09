package dev.mayfly.cli;

import dev.mayfly.gateway.RouteRow;
import dev.mayfly.gateway.ServerSettings.Address;
import java.util.List;
import java.util.function.Function;

/** The routes as a table, each with a URL that a person can try. */
final class RouteListing {
    private static final String ANY = "*";

    private final Surroundings surroundings;
    private final Address address;

    RouteListing(Surroundings surroundings, Address address) {
        this.surroundings = surroundings;
        this.address = address;
    }

    void print(List<RouteRow> routes) {
        int urls = width(routes, this::url);
        int methods = width(routes, RouteListing::methods);
        for (RouteRow route : routes) {
            surroundings
                    .out()
                    .println(
                            "  "
                                    + padded(url(route), urls)
                                    + "  "
                                    + padded(methods(route), methods)
                                    + "  "
                                    + route.target());
        }
    }

    /** The line that tells people, and programs that started us, where to send requests. */
    void printListening() {
        surroundings.out().println("listening on " + surroundings.bold("http://" + authority(ANY)));
    }

    private String url(RouteRow route) {
        return "http://" + authority(route.host()) + route.route();
    }

    private static String methods(RouteRow route) {
        return route.methods().equals(ANY) ? "any" : route.methods();
    }

    private String authority(String host) {
        if (!host.equals(ANY)) {
            return host + ":" + address.port();
        }
        boolean everywhere = address.host().equals("0.0.0.0") || address.host().equals("::");
        return everywhere ? "localhost:" + address.port() : address.toString();
    }

    private static int width(List<RouteRow> routes, Function<RouteRow, String> column) {
        return routes.stream().map(column).mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
