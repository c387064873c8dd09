package dev.mayfly.http;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.BodyMode;
import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Run;
import java.util.Optional;

/** Runs a guest and makes an answer of its output. */
final class FunctionAnswer implements Answer {
    private final GuestFunction function;
    private final Optional<String> entrypoint;
    private final FunctionSpec spec;
    private final CgiRequest cgi;
    private final HeadCache heads;
    private final Wiring wiring;

    FunctionAnswer(
            GuestFunction function,
            Optional<String> entrypoint,
            FunctionSpec spec,
            RoutePattern pattern,
            Wiring wiring) {
        this.function = function;
        this.entrypoint = entrypoint;
        this.spec = spec;
        this.wiring = wiring;
        cgi = new CgiRequest(pattern, spec, wiring);
        heads = new HeadCache(new CgiHeadParser(wiring.settings().text()));
    }

    @Override
    public void answer(Dispatch dispatch, RequestView request) {
        if (function.retain()) {
            begin(new CgiRun(dispatch, request, this), dispatch.exchange(), request);
        } else {
            dispatch.routeAgain(request);
        }
    }

    private void begin(CgiRun run, Exchange exchange, RequestView request) {
        long limit = requestBodyLimit();
        if (!request.hasBody()) {
            run.received(NoBody.of(request));
        } else if (request.contentLength() > limit) {
            exchange.receiveBody(limit, run); // refuses it unread, in either mode
        } else {
            take(run, exchange, limit);
        }
    }

    private void take(CgiRun run, Exchange exchange, long limit) {
        Outcome.Refused refusal = function.turnedAway();
        if (refusal != null) {
            run.turnedAway(refusal);
        } else if (spec.bodyMode() == BodyMode.STREAM) {
            run.received(exchange.streamBody(limit));
        } else {
            exchange.receiveBody(limit, run);
        }
    }

    Run submit(CgiRun run) {
        return entrypoint.isEmpty() ? function.submit(run) : function.submit(run, entrypoint.get());
    }

    void release() {
        function.release();
    }

    FunctionId id() {
        return function.id();
    }

    /** {@return where the function's own answer goes} */
    Exchange answered(Exchange exchange) {
        return wiring.compressesAll()
                ? CompressedExchange.of(exchange, wiring.answers())
                : exchange;
    }

    CgiRequest cgi() {
        return cgi;
    }

    HeadCache heads() {
        return heads;
    }

    long requestBodyLimit() {
        return spec.limits().requestBodyBytes();
    }
}
