package dev.mayfly.gateway;

import dev.mayfly.http.HeaderFields;
import dev.mayfly.http.RequestHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which requests get to the admin API at all. A page in a browser on this machine can have its own
 * host name resolve to a loopback address, and would then talk to a listener there as if it were
 * the page's own site. The name gives it away: a loopback listener answers to loopback names and to
 * the one it was configured with.
 */
final class AdminDoor {
    private final String own;

    AdminDoor(ServerSettings.Address address) {
        this.own = address.host().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a request. */
    record Flaw(int status, String detail) {}

    Optional<Flaw> flaw(RequestHead head, Map<String, List<String>> fields) {
        List<String> hosts = fields.getOrDefault("host", List.of());
        @Nullable String authority = head.authority();
        if (authority == null && hosts.size() != 1) {
            return malformed("the request has " + hosts.size() + " Host fields (expected: one)");
        }
        if (!head.target().startsWith("/")) {
            return malformed("the request target does not begin with a slash");
        }
        if (fields.containsKey("content-length") && fields.containsKey("transfer-encoding")) {
            return malformed("the request has both Content-Length and Transfer-Encoding");
        }
        return foreign(authority == null ? hosts.getFirst() : authority);
    }

    private static Optional<Flaw> malformed(String detail) {
        return Optional.of(new Flaw(400, detail));
    }

    private Optional<Flaw> foreign(String authority) {
        String name = nameOf(authority.toLowerCase(Locale.ROOT));
        return isLoopback(own) && !isLoopback(name) && !name.equals(own)
                ? Optional.of(
                        new Flaw(
                                421,
                                "this listener does not answer to that host (expected: localhost,"
                                        + " a loopback address or the host of admin_listen)"))
                : Optional.empty();
    }

    /** Without the port, and without an address's brackets. */
    private static String nameOf(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    static Map<String, List<String>> fields(HeaderFields fields) {
        Map<String, List<String>> all = new HashMap<>();
        fields.forEach((name, value) ->
                all.computeIfAbsent(
                                name.toString().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(value.toString()));
        return all;
    }
}
