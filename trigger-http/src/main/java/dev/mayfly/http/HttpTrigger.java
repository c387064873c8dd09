package dev.mayfly.http;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.pool.Rehearsal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Turns HTTP requests into runs and their output into answers: the facade of this module. */
public final class HttpTrigger {
    private final RequestLog log;
    private final Answers answers;
    private final Wiring wiring;
    private final Doorman doorman;
    private final PreviewDesk previews;
    // Swapped whole, so that a request sees one revision.
    private final AtomicReference<Router> router = new AtomicReference<>(new Router());
    // Written under the lock of this; complete before it is shared.
    private volatile Throttles throttles;

    /**
     * Starts with an empty table.
     *
     * @param log where log lines go
     * @param revisions where those are found that a request may ask for
     * @param settings what it may use
     * @throws IllegalArgumentException if a trusted proxy is neither an address nor a CIDR block
     */
    public HttpTrigger(HttpSettings settings, RequestLog log, RevisionFinder revisions) {
        this.log = log;
        RequestIds ids = new RequestIds();
        answers = new Answers(settings.text());
        wiring = new Wiring(settings, answers, ids, new CompressedFiles());
        throttles = noThrottles();
        doorman =
                new Doorman(
                        new TrustedProxies(settings.trustedProxies()),
                        new PreviewHosts(settings.previewDomain()),
                        ids);
        previews = new PreviewDesk(revisions, answers, PreviewDesk.LONGEST_WAIT, this::preview);
        FirstRun.of(this);
    }

    /**
     * {@return whether an address is one of {@code proxies}}
     *
     * @param proxies addresses and CIDR blocks
     * @throws IllegalArgumentException for an entry that is neither
     */
    public static Predicate<String> trusting(List<String> proxies) {
        return new TrustedProxies(proxies)::contain;
    }

    private Throttles noThrottles() {
        int callers = wiring.settings().rateLimitCallers();
        return Throttles.none(limit -> new Throttle(limit, callers, System::nanoTime));
    }

    /**
     * Handles one request; on its event loop, never blocks.
     *
     * @param exchange the request
     */
    public void handle(Exchange exchange) {
        handle(exchange, router);
    }

    private void handle(Exchange exchange, AtomicReference<Router> routers) {
        RequestHead head = exchange.head();
        String id = doorman.identify(head);
        exchange.identify(id);
        switch (doorman.admit(head, id)) {
            case RequestView request -> dispatch(exchange, routers).route(request);
            case Admission.Preview wish -> previews.take(exchange, wish, routers.get());
            case Admission.Rejection(int status, String detail) ->
                    answers.problem(exchange, id, status, detail);
        }
    }

    private Dispatch dispatch(Exchange exchange, AtomicReference<Router> routers) {
        return new Dispatch(exchange, answers, log, routers);
    }

    private void preview(Exchange exchange, RequestView request, RouteTable table) {
        Router own = planned(table).previewed(wiring, noThrottles());
        dispatch(exchange, new AtomicReference<>(own)).route(request);
    }

    /**
     * Answers with a problem document: for requests that the gateway's codec refuses.
     *
     * @param detail a sentence the caller may see
     * @param exchange the request
     * @param status 400 to 599
     */
    public void refuse(Exchange exchange, int status, String detail) {
        String id = doorman.identify(exchange.head());
        exchange.identify(id);
        answers.problem(exchange, id, status, detail);
    }

    /**
     * Builds a table; problems are clashes between apps and bad sub-routes. Of an app whose
     * revisions share its requests, the table has the routes of all of them: a request that matches
     * one is given to a revision, and is matched again among that one's routes alone.
     *
     * @param apps all apps that are served
     * @return the table, or every problem
     */
    public static Parsed<RouteTable> table(List<AppSplit> apps) {
        return new TableBuilder().build(apps);
    }

    /**
     * Serves {@code table} from the next request on. A route that was served before with the same
     * rate limit goes on counting where it was.
     *
     * @param table the table
     */
    public synchronized void serve(RouteTable table) {
        Throttles next = throttles.next();
        router.set(planned(table).bind(wiring, next::of));
        throttles = next;
    }

    /** {@return the rate limits of the routes that are served} */
    public List<RateLimitStats> rateLimits() {
        return throttles.stats();
    }

    private static PlannedTable planned(RouteTable table) {
        if (table instanceof PlannedTable planned) {
            return planned;
        }
        throw new IllegalArgumentException("table: " + table + " (expected: one of table(apps))");
    }

    /**
     * {@return the manifest's warm-up requests for {@code function}, through the app's routes with
     * Host {@code localhost}}
     *
     * @param function the function
     * @param manifest the app
     */
    public List<Rehearsal> warmups(Manifest manifest, FunctionSpec function) {
        return new Rehearsals(wiring, manifest, function).warmups();
    }

    /**
     * {@return a harmless request to {@code function}: GET of its first route, no body}
     *
     * @param function the function
     * @param manifest the app
     */
    public Rehearsal probe(Manifest manifest, FunctionSpec function) {
        return new Rehearsals(wiring, manifest, function).probe();
    }

    /** {@return a harmless request to no app: GET /, no body, no variables but a request's own} */
    public Rehearsal sample() {
        Manifest manifest = Manifests.bareModule("sample", "sample.wasm");
        return probe(manifest, manifest.functions().values().iterator().next());
    }

    /**
     * Sends a request once more, in process, through the routes of one revision; blocks. No rate
     * limit counts it, and no log tells of it.
     *
     * @param request the request
     * @param revision the table of that revision
     * @param wake called after the submission: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @param longest how long to wait for the answer
     * @return the answer; empty when it took longer
     * @throws InterruptedException when the wait is interrupted
     */
    public Optional<Replayed> replay(
            Replay request, RouteTable revision, Runnable wake, Duration longest)
            throws InterruptedException {
        MadeExchange exchange = new MadeExchange(request.head(), request.body());
        Router own = planned(revision).previewed(wiring, noThrottles());
        send(exchange, log, own);
        wake.run();
        return exchange.whole(longest);
    }

    private void send(MadeExchange exchange, RequestLog told, Router routes) {
        String id = doorman.identify(exchange.head());
        exchange.identify(id);
        Dispatch dispatch = new Dispatch(exchange, answers, told, new AtomicReference<>(routes));
        switch (doorman.admit(exchange.head(), id)) {
            case RequestView view -> dispatch.route(view);
            case Admission.Preview wish -> dispatch.route(wish.request());
            case Admission.Rejection(int status, String detail) ->
                    answers.problem(exchange, id, status, detail);
        }
    }

    /**
     * Sends a request, in process, through the routes of one revision, to see all that comes of it;
     * blocks. No rate limit counts it, and no log but the result tells of it.
     *
     * @param request the request
     * @param revision the table of that revision
     * @param wake called after the submission: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @param longest how long to wait for the answer
     * @return what came; empty when it took longer
     * @throws InterruptedException when the wait is interrupted
     */
    public Optional<Trial> trial(
            Replay request, RouteTable revision, Runnable wake, Duration longest)
            throws InterruptedException {
        MadeExchange exchange = new MadeExchange(request.head(), request.body());
        TrialLog told = new TrialLog();
        send(exchange, told, planned(revision).unlimited(wiring));
        wake.run();
        return exchange.whole(longest).map(answer -> told.trial(exchange, answer));
    }

    /**
     * Sends the manifest's {@code check} requests through {@code candidate}, in process; blocks. No
     * rate limit counts them.
     *
     * @param candidate the table to check
     * @param manifest the app
     * @param wake called after each submission: {@link dev.mayfly.pool.GuestRuntime#wake()}
     * @return what failed, a sentence each
     */
    public List<String> check(Manifest manifest, RouteTable candidate, Runnable wake) {
        if (manifest.functions().values().stream().allMatch(spec -> spec.checks().isEmpty())) {
            return List.of(); // binding a table of many apps costs more than most deploys
        }
        AtomicReference<Router> bound =
                new AtomicReference<>(planned(candidate).bind(wiring, _ -> Optional.empty()));
        return new Checks(manifest, exchange -> handle(exchange, bound), wake).failures();
    }
}
