package dev.mayfly.http;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Invocation;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Run;
import dev.mayfly.pool.StringBlock;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request in the hands of a function, from its body to its answer. The head, body and output
 * belong to the guest's thread; {@link #tick} and {@link #cancel} come from others.
 */
final class CgiRun implements Invocation, BodyReceiver {
    static final String NO_VALID_RESPONSE = "the function gave no valid response";
    static final String BODY_TOO_LARGE = "the request body is too large";

    // What access logs show for a client that did not wait; never sent.
    private static final int CLIENT_GONE = 499;
    // So much is handed on before the reader's pace is looked at again.
    private static final int PIECE = 64 << 10;

    private final Dispatch dispatch;
    private final RequestView request;
    private final FunctionAnswer target;
    private final CgiResponse response;
    // Set before the run is submitted.
    private RequestBody body = NoBody.ABSENT;
    // The run's own in its request's trace; made when the guest asks, 0 until then.
    private long span;
    private long bodyRead;
    private boolean bodyBroke;
    private volatile boolean cancelled;
    private volatile @Nullable Run run;

    CgiRun(Dispatch dispatch, RequestView request, FunctionAnswer target) {
        this.dispatch = dispatch;
        this.request = request;
        this.target = target;
        response =
                new CgiResponse(
                        target.answered(dispatch.exchange()), dispatch.answers(), target.heads());
    }

    @Override
    public void received(RequestBody whole) {
        body = whole;
        dispatch.watch(this);
        Run submitted = target.submit(this);
        run = submitted;
        if (cancelled) {
            submitted.cancel();
        }
    }

    @Override
    public void failed(BodyFailure failure) {
        target.release();
        switch (failure) {
            case TOO_LARGE -> dispatch.problem(request, 413, BODY_TOO_LARGE);
            case TIMEOUT -> dispatch.problem(request, 408, "the request body took too long");
            case MALFORMED -> dispatch.problem(request, 400, "the request body is malformed");
            case NO_ROOM -> dispatch.unavailable(request, "no room for the request body", 1);
            case GONE -> {}
        }
    }

    /** Answers for a function that would not run it, in place of taking a body. */
    void turnedAway(Outcome.Refused refusal) {
        target.release();
        refused(refusal.cause(), refusal.retryAfter());
    }

    void cancel() {
        cancelled = true;
        Run submitted = run;
        if (submitted != null) {
            submitted.cancel();
        }
    }

    @Override
    public String requestId() {
        return request.id();
    }

    @Override
    public void environment(StringBlock block) {
        if (span == 0) {
            span = TraceContext.newSpan();
        }
        RunTrace trace = new RunTrace(dispatch.exchange().trace(), span);
        target.cgi().environment(block, request, body.length(), trace);
    }

    @Override
    public void arguments(StringBlock block) {
        target.cgi().arguments(block, request);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
        try {
            int read = body.read(into, offset, length);
            bodyRead += Math.max(0, read);
            return read;
        } catch (IOException e) {
            bodyBroke = true;
            throw e;
        }
    }

    @Override
    public void write(byte[] from, int offset, int length)
            throws IOException, InterruptedException {
        for (int done = 0; done < length; done += PIECE) {
            if (response.write(from, offset + done, Math.min(PIECE, length - done))) {
                dispatch.exchange().awaitRoom();
            }
        }
    }

    @Override
    public void logLine(String line) {
        dispatch.guestLine(request, target.id(), line);
    }

    @Override
    public void tick(long nanoTime) {
        response.tick(nanoTime);
    }

    @Override
    public void finished(Outcome outcome, Evidence evidence) {
        body.close();
        target.release();
        dispatch.exchange().ran(new Ran(target.id(), outcome, evidence, span));
        switch (outcome) {
            case Outcome.Exited(int code) -> exited(code);
            case Outcome.Trapped(String reason) ->
                    fail(500, "the function failed", "trapped: " + reason);
            case Outcome.DeadlineExceeded(Duration limit) ->
                    fail(
                            504,
                            "the function took too long",
                            "ran past its limit of " + limit.toMillis() + " ms");
            case Outcome.CpuExceeded(Duration limit) ->
                    fail(
                            504,
                            "the function took too long",
                            "computed past its limit of " + limit.toMillis() + " ms of CPU time");
            case Outcome.Cancelled() -> stopped();
            case Outcome.OutputExceeded(long limit) ->
                    fail(502, NO_VALID_RESPONSE, "wrote more than response_body: " + limit);
            case Outcome.Broken(String reason) -> broken(reason);
            case Outcome.Refused(Outcome.Refused.Cause cause, Duration retryAfter) ->
                    refused(cause, retryAfter);
        }
    }

    private void exited(int code) {
        switch (response.end()) {
            case CgiResponse.Ending.Sent() -> {
                if (code != 0) {
                    dispatch.failure(request, target.id(), "exited with code " + code);
                }
            }
            case CgiResponse.Ending.Redirect(String location) ->
                    dispatch.redirect(request, target.id(), location);
            case CgiResponse.Ending.Invalid(String reason) ->
                    fail(502, NO_VALID_RESPONSE, reason + "; exit code " + code);
        }
    }

    private void stopped() {
        if (dispatch.isClientGone()) {
            response.breakOff(CLIENT_GONE);
        } else {
            dispatch.failure(request, target.id(), "stopped before its end");
            if (!response.breakOff(503)) {
                dispatch.unavailable(request, "the function was stopped", 1);
            }
        }
    }

    private void broken(String reason) {
        if (bodyBroke && bodyRead >= target.requestBodyLimit()) {
            fail(413, BODY_TOO_LARGE, "request body longer than " + target.requestBodyLimit());
        } else if (dispatch.isClientGone()) {
            response.breakOff(CLIENT_GONE);
        } else {
            fail(502, NO_VALID_RESPONSE, response.flaw().orElse(reason));
        }
    }

    private void refused(Outcome.Refused.Cause cause, Duration retryAfter) {
        dispatch.failure(request, target.id(), "not run: " + cause);
        dispatch.unavailable(request, detail(cause), retryAfter.plusMillis(999).toSeconds());
    }

    private static String detail(Outcome.Refused.Cause cause) {
        return switch (cause) {
            case QUEUE_FULL, QUEUE_TIMEOUT, TOO_LONG_A_WAIT -> "the function is busy";
            case NO_MEMORY -> "the server has no memory for another run";
            case CLOSED -> "the function is closed";
            case UNAVAILABLE -> "the function could not be made ready";
        };
    }

    /** Before the head is out a problem document; after it the answer breaks off. */
    private void fail(int status, String detail, String cause) {
        dispatch.failure(request, target.id(), cause);
        if (!response.breakOff(status)) {
            dispatch.problem(request, status, detail);
        }
    }
}
