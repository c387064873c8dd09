package dev.mayfly.server;

import dev.mayfly.gateway.RouteRow;
import dev.mayfly.gateway.ServerSettings.Address;
import java.util.List;

/** Where routes can be tried: as far as a route's pattern says, which is where it begins. */
record AppUrls(Address listen) {
    private static final int SHOWN = 20;

    List<String> of(String app, List<RouteRow> routes) {
        return routes.stream()
                .filter(route -> route.app().equals(app) && !route.host().startsWith("*."))
                .map(route -> "http://" + host(route.host()) + ":" + listen.port() + path(route))
                .distinct()
                .limit(SHOWN)
                .toList();
    }

    private String host(String host) {
        if (!host.equals("*")) {
            return host;
        }
        boolean everywhere = listen.host().equals("0.0.0.0") || listen.host().equals("::");
        String here = everywhere ? "localhost" : listen.host();
        return here.indexOf(':') >= 0 ? "[" + here + "]" : here;
    }

    private static String path(RouteRow route) {
        String pattern = route.route();
        int rest = pattern.indexOf("/...");
        int parameter = pattern.indexOf("/:");
        int end = pattern.length();
        end = rest >= 0 ? Math.min(end, rest) : end;
        end = parameter >= 0 ? Math.min(end, parameter) : end;
        return end == 0 ? "/" : pattern.substring(0, end);
    }
}
