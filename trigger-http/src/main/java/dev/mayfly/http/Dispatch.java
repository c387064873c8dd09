package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import dev.mayfly.pool.FunctionId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way from match to answer, local redirects included. Moves from the event loop
 * to the guest's thread and on to the next guest's; only one of them has it at a time. {@link
 * #clientGone()} alone may come from elsewhere.
 */
final class Dispatch {
    private static final int MOST_REDIRECTS = 5;

    private final Answers answers;
    private final RequestLog log;
    private final AtomicReference<Router> current;
    private Router router;
    // As asked, or one that adds what a split has to say.
    private Exchange asked;
    // The same, or one that adds what a rate limit has to say.
    private Exchange exchange;
    private @Nullable Choice choice;
    private @Nullable Throttle passed;
    private int redirects;
    private boolean watched;
    private volatile boolean gone;
    private volatile @Nullable CgiRun run;

    Dispatch(Exchange exchange, Answers answers, RequestLog log, AtomicReference<Router> current) {
        asked = exchange;
        this.exchange = exchange;
        this.answers = answers;
        this.log = log;
        this.current = current;
        router = current.get();
    }

    Exchange exchange() {
        return exchange;
    }

    Answers answers() {
        return answers;
    }

    /** {@return whether the client asked with HEAD, whatever a redirect made of it} */
    boolean headOnly() {
        return exchange.head().method().equals("HEAD");
    }

    void route(RequestView request) {
        route(request, router);
    }

    private void route(RequestView request, Router routes) {
        Route route = routes.match(request);
        if (route == null || route.hidesFrom(request)) {
            unmatched(request, routes, route != null);
            return;
        }
        exchange.routed(route.note());
        route.answer().answer(this, request);
    }

    /** {@return which revision the request sees, null as long as no split was asked} */
    @Nullable Choice choice() {
        return choice;
    }

    void choose(Choice chosen) {
        choice = chosen;
    }

    /** Goes on among the routes of the revision that was chosen. */
    void routeAsChosen(RequestView request) {
        Split.Part part = Objects.requireNonNull(choice, "a split has chosen").part();
        exchange.routed(part.note());
        route(request, part.routes());
    }

    /** From here on the answer carries one more field, whatever it will be. */
    void note(Field field) {
        asked = new NotedExchange(asked, List.of(field));
        exchange = new NotedExchange(exchange, List.of(field));
    }

    /** From here on the answer carries these fields, and none that {@code replaced} names. */
    void note(List<Field> notes, Predicate<CharSequence> replaced) {
        asked = new NotedExchange(asked, notes, replaced);
        exchange = new NotedExchange(exchange, notes, replaced);
    }

    private void unmatched(RequestView request, Router routes, boolean hidden) {
        if (!hidden && Cors.asksBefore(request) && preflight(request, routes)) {
            return;
        }
        Set<String> allowed = hidden ? Set.of() : routes.allowed(request, request.redirected());
        if (allowed.isEmpty()) {
            problem(request, 404, "nothing is served here");
        } else {
            Field allow = answers.field("allow", String.join(", ", allowed));
            problem(request, 405, "the method is not allowed here", allow);
        }
    }

    /** {@return whether the route that would take the request to come has said what it allows} */
    private boolean preflight(RequestView request, Router routes) {
        RequestView coming = request.asking(Cors.methodToCome(request));
        Route route = routes.match(coming);
        if (route == null || route.hidesFrom(coming) || !route.answer().takesPreflights()) {
            return false;
        }
        route.answer().answer(this, request);
        return true;
    }

    /** The matched function was closed since: tries once more if there is a newer table. */
    void routeAgain(RequestView request) {
        Router newest = current.get();
        if (newest == router) {
            unavailable(request, "the function is closed", 1);
        } else {
            router = newest;
            route(request);
        }
    }

    /** {@return whether the last rate limit on the way was this one} */
    boolean hasPassed(Throttle throttle) {
        return passed == throttle;
    }

    /** From here on the answer carries what {@code throttle} says, in place of one before it. */
    void throttled(Throttle throttle, List<Field> notes) {
        passed = throttle;
        exchange = new NotedExchange(asked, notes);
    }

    void redirect(RequestView request, FunctionId from, String location) {
        Optional<String> flaw = RequestTarget.flaw(location);
        if (flaw.isPresent()) {
            log.failure(from, name(request), "redirect to " + location + ": " + flaw.get());
            problem(request, 502, CgiRun.NO_VALID_RESPONSE);
        } else if (++redirects > MOST_REDIRECTS) {
            log.failure(
                    from, name(request), "more than 5 local redirects, the last to " + location);
            problem(request, 500, "the function redirects too often");
        } else {
            route(request.redirectedTo(RequestTarget.of(location)));
        }
    }

    void problem(RequestView request, int status, String detail, Field... extra) {
        answers.problem(exchange, request.id(), status, detail, extra);
    }

    void unavailable(RequestView request, String detail, long retryAfterSeconds) {
        String seconds = Long.toString(Math.max(1, retryAfterSeconds));
        problem(request, 503, detail, answers.field("retry-after", seconds));
    }

    void failure(RequestView request, FunctionId function, String cause) {
        log.failure(function, name(request), cause);
    }

    private RequestName name(RequestView request) {
        return new RequestName(request.id(), exchange.trace().traceId());
    }

    void guestLine(RequestView request, FunctionId function, String line) {
        log.guestLine(function, name(request), line);
    }

    /** To be called before the run is submitted: afterwards another thread may have this. */
    void watch(CgiRun next) {
        run = next;
        if (!watched) {
            watched = true;
            exchange.onClientGone(this::clientGone);
        } else if (gone) {
            next.cancel();
        }
    }

    private void clientGone() {
        gone = true;
        CgiRun present = run;
        if (present != null) {
            present.cancel();
        }
    }

    boolean isClientGone() {
        return gone;
    }
}
