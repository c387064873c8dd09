package dev.mayfly.http;

import dev.mayfly.http.MadeExchange.MadeBody;
import dev.mayfly.manifest.FunctionSpec.MadeRequest;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Rehearsal;
import dev.mayfly.pool.StringBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A made request in the hands of a module that is being loaded. */
final class RehearsedRun implements Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(RehearsedRun.class);

    private final String description;
    private final RequestView request;
    private final CgiRequest cgi;
    private final RequestBody body;
    private final CgiResponse response;
    private final MadeExchange exchange;

    /** Whether what it writes is an answer: not of a function that no route leads to. */
    private final boolean answers;

    private Optional<String> complaint;

    RehearsedRun(
            MadeRequest made,
            RequestView request,
            CgiRequest cgi,
            Wiring wiring,
            boolean answers,
            Optional<String> complaint) {
        this.request = request;
        this.cgi = cgi;
        this.answers = answers;
        this.complaint = complaint;
        description = made.method() + " " + made.target();
        body =
                request.hasBody()
                        ? new MadeBody(made.body().getBytes(StandardCharsets.UTF_8))
                        : NoBody.of(request);
        exchange = new MadeExchange(request.head(), "");
        HeadCache heads = new HeadCache(new CgiHeadParser(wiring.settings().text()));
        response = new CgiResponse(exchange, wiring.answers(), heads);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Optional<String> complaint() {
        return complaint;
    }

    @Override
    public String requestId() {
        return request.id();
    }

    @Override
    public void environment(StringBlock block) {
        cgi.environment(block, request, body.length());
    }

    @Override
    public void arguments(StringBlock block) {
        cgi.arguments(block, request);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
        return body.read(into, offset, length);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (answers) {
            response.write(from, offset, length);
        }
    }

    @Override
    public void logLine(String line) {
        LOG.info("{}: {}", description, line);
    }

    @Override
    public void tick(long nanoTime) {
        response.tick(nanoTime);
    }

    @Override
    public void finished(Outcome outcome, Evidence evidence) {
        Optional<String> wrong = verdict(outcome);
        if (complaint.isEmpty()) {
            complaint = wrong;
        }
    }

    private Optional<String> verdict(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Exited(int code) -> answers ? answer() : exit(code);
            case Outcome.Trapped(String reason) -> Optional.of("trapped: " + reason);
            case Outcome.DeadlineExceeded(Duration limit) ->
                    Optional.of("ran past its limit of " + limit.toMillis() + " ms");
            case Outcome.CpuExceeded(Duration limit) ->
                    Optional.of(
                            "computed past its limit of " + limit.toMillis() + " ms of CPU time");
            case Outcome.Cancelled() -> Optional.of("stopped before its end");
            case Outcome.OutputExceeded(long limit) ->
                    Optional.of("wrote more than response_body: " + limit);
            case Outcome.Broken(String reason) -> Optional.of(response.flaw().orElse(reason));
            case Outcome.Refused refused -> Optional.of("not run: " + refused.cause());
        };
    }

    private static Optional<String> exit(int code) {
        return code == 0 ? Optional.empty() : Optional.of("exited with code " + code);
    }

    private Optional<String> answer() {
        return switch (response.end()) {
            case CgiResponse.Ending.Sent() ->
                    exchange.status() < 500
                            ? Optional.empty()
                            : Optional.of("answered with status " + exchange.status());
            case CgiResponse.Ending.Redirect _ -> Optional.empty();
            case CgiResponse.Ending.Invalid(String reason) -> Optional.of(reason);
        };
    }
}
