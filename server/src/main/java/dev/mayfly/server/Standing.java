package dev.mayfly.server;

import dev.mayfly.gateway.FunctionRow;
import dev.mayfly.gateway.RouteRow;
import dev.mayfly.gateway.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How this gateway, and all of them, stand. Any thread. */
interface Standing {
    /** Whether requests are served. */
    boolean ready();

    /** Why it is not as it should be; empty when all is well. */
    Set<String> degraded();

    /** Whether the database does not answer. */
    boolean databaseAway();

    /** The number of the last change this gateway has made its own. */
    long number();

    /** Where requests come in. */
    Optional<ServerSettings.Address> listen();

    /** Why this gateway does not serve the app as the registry wants it; empty when it does. */
    List<String> problems(String app);

    /** All that is served. */
    List<RouteRow> routes();

    /** Functions that are awake. */
    List<FunctionRow> functions();

    /** Every gateway heard of lately; empty when the database does not answer. */
    List<GatewayPlace> gateways();

    /** Where the app's routes can be tried on this gateway. */
    List<String> urls(String app);

    /** Returns when every gateway has made the change its own, or the wait is over. Blocks. */
    void await(long number, Duration wait);
}
