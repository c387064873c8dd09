package dev.mayfly.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The admin API of one server. Calls block. */
final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Access access;

    /** Redirects are not followed: they would take the token along. */
    private final HttpClient http;

    private AdminClient(Access access, HttpClient http) {
        this.access = access;
        this.http = http;
    }

    /**
     * {@return the API at the end of {@code access}}
     *
     * @throws IOException when a file of its TLS cannot be used
     */
    static AdminClient of(Access access) throws IOException {
        HttpClient.Builder http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT);
        if (!access.tls().isSystem()) {
            http.sslContext(access.tls().context());
        }
        return new AdminClient(access, http.build());
    }

    Access access() {
        return access;
    }

    /**
     * Sends a request.
     *
     * @throws UnreachableException when nothing answers, or not Mayfly
     */
    Reply send(Call call) throws IOException {
        HttpResponse<byte[]> answer = exchange(call, BodyHandlers.ofByteArray());
        return reply(answer, answer.body());
    }

    /**
     * As {@link #send}, for an answer too large to be held: it is read from {@code sink}'s stream.
     */
    Reply stream(Call call, Sink sink) throws IOException {
        HttpResponse<InputStream> answer = exchange(call, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (!isDone(answer)) {
                return reply(answer, body.readAllBytes());
            }
            sink.take(body);
            return new Reply.Done(answer.statusCode(), Wire.read(new byte[0]), answer.headers());
        }
    }

    /** Takes a body. */
    interface Sink {
        void take(InputStream body) throws IOException;
    }

    private <T> HttpResponse<T> exchange(Call call, BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request(call), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw unreachable(e);
        } catch (HttpTimeoutException e) {
            throw new IOException(
                    access.server()
                            + " took longer than "
                            + call.patience().toSeconds()
                            + " s to answer; mayfly status tells how it is",
                    e);
        } catch (IOException e) {
            throw access.server().isSecure() ? insecure(e) : e;
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(access.server().resolve(call.path()))
                        .timeout(call.patience())
                        .header("User-Agent", "mayfly/" + Build.version());
        call.headers().forEach(request::header);
        access.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        call.body().ifPresent(body -> request.header("Content-Type", body.type()));
        return request.method(
                        call.method(),
                        call.body()
                                .map(body -> BodyPublishers.ofByteArray(body.bytes()))
                                .orElseGet(BodyPublishers::noBody))
                .build();
    }

    private UnreachableException unreachable(IOException failure) {
        return new UnreachableException(
                "cannot reach the server at " + access.server() + ": " + reason(failure),
                "mayfly server starts one; --server or --context names another",
                failure);
    }

    /**
     * One of the two does not take the other for who it says it is. A server that turns a caller
     * away says so only after the handshake, and may be faster with closing than with saying.
     */
    private IOException insecure(IOException failure) {
        boolean distrusts = failure instanceof SSLException;
        boolean refused = String.valueOf(failure.getMessage()).contains("alert");
        boolean closed =
                failure instanceof SocketException || failure.getCause() instanceof EOFException;
        if (!distrusts && !closed) {
            return failure;
        }
        return new UnreachableException(
                "no TLS with " + access.server() + ": " + failure.getMessage(),
                refused || closed
                        ? "--client-certificate and --client-key say who calls, if the server asks"
                        : "--ca-file names the certificate of whoever vouches for the server",
                failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no answer within " + CONNECT.toSeconds() + " s";
        }
        if (failure.getCause() instanceof UnresolvedAddressException) {
            return "no such host";
        }
        return Optional.ofNullable(failure.getMessage()).orElse("nothing listens there");
    }

    private Reply reply(HttpResponse<?> answer, byte[] bytes) throws IOException {
        JsonNode body = json(answer, bytes);
        return isDone(answer)
                ? new Reply.Done(answer.statusCode(), body, answer.headers())
                : new Reply.Refused(problem(answer, body));
    }

    private ApiProblem problem(HttpResponse<?> answer, JsonNode body) {
        ApiProblem problem =
                ApiProblem.of(
                        answer.statusCode(), body, answer.headers().firstValue("Retry-After"));
        return problem.is("unauthorized") && access.token().isEmpty()
                ? problem.withoutToken(access.server().isLoopback())
                : problem;
    }

    private JsonNode json(HttpResponse<?> answer, byte[] bytes) throws IOException {
        try {
            JsonNode body = Wire.read(bytes);
            if (bytes.length == 0 || body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            throw foreign(answer.statusCode(), e);
        }
        throw foreign(answer.statusCode(), null);
    }

    private UnreachableException foreign(int status, @Nullable Throwable cause) {
        UnreachableException foreign =
                new UnreachableException(
                        "what answers at "
                                + access.server()
                                + " is not Mayfly's admin API (status "
                                + status
                                + ", no JSON)",
                        "name the admin address, http://127.0.0.1:3001 unless the server was told otherwise");
        foreign.initCause(cause);
        return foreign;
    }

    private static boolean isDone(HttpResponse<?> answer) {
        return answer.statusCode() / 100 == 2;
    }
}
