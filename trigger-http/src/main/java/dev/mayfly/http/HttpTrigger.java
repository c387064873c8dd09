package dev.mayfly.http;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.pool.Rehearsal;
import java.util.List;

/** Turns HTTP requests into runs and their output into answers: the facade of this module. */
public final class HttpTrigger {
    /**
     * Starts with an empty table.
     *
     * @param log where log lines go
     * @param settings what it may use
     */
    public HttpTrigger(HttpSettings settings, RequestLog log) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Handles one request; on its event loop, never blocks.
     *
     * @param exchange the request
     */
    public void handle(Exchange exchange) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Answers with a problem document: for requests that the gateway's codec refuses.
     *
     * @param detail a sentence the caller may see
     * @param exchange the request
     * @param status 400 to 599
     */
    public void refuse(Exchange exchange, int status, String detail) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Builds a table; problems are clashes between apps and bad sub-routes.
     *
     * @param apps all apps that are served
     * @return the table, or every problem
     */
    public static Parsed<RouteTable> table(List<AppRoutes> apps) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Serves {@code table} from the next request on.
     *
     * @param table the table
     */
    public void serve(RouteTable table) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * {@return the manifest's warm-up requests for {@code function}, through the app's routes with
     * Host {@code localhost}}
     *
     * @param function the function
     * @param manifest the app
     */
    public List<Rehearsal> warmups(Manifest manifest, FunctionSpec function) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * {@return a harmless request to {@code function}: GET of its first route, no body}
     *
     * @param function the function
     * @param manifest the app
     */
    public Rehearsal probe(Manifest manifest, FunctionSpec function) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Sends the manifest's {@code check} requests through {@code candidate}, in process; blocks.
     *
     * @param candidate the table to check
     * @param manifest the app
     * @param wake called after each submission: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @return what failed, a sentence each
     */
    public List<String> check(Manifest manifest, RouteTable candidate, Runnable wake) {
        throw new UnsupportedOperationException("skeleton");
    }
}
