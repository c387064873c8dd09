package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mayfly.gateway.PeerTrust;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The other gateways of the database, asked for what they have in the name of whoever asks this
 * one: with the caller's own token, by which each of them decides for itself. One that does not
 * answer is told as that. Any thread.
 *
 * <pre>
 *   caller ─► this gateway ─┬─► its own
 *      token                ├─► GET, same token ─► another's admin API
 *                           └─► GET, same token ─► another's, which is away ─► a note
 * </pre>
 */
final class Peers implements AutoCloseable {
    /** Gateways that are asked at once. */
    static final int MOST_PEERS = 48;

    /** Bytes of one's answer. */
    static final int MOST_BYTES = 32 << 20;

    /** How long one may take to answer beyond what it was asked to wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerTrust trust;

    /** Guarded by this, as is its stamp. */
    private @Nullable HttpClient client;

    private String stamp = "";

    Peers(PeerTrust trust) {
        this.trust = trust;
    }

    /** What came of asking one. */
    sealed interface Heard {
        /** It answered. */
        record Told(JsonNode body) implements Heard {}

        /** It did not, or not with what was asked for. */
        record Silent(String why) implements Heard {}
    }

    /**
     * Asks one of them, which is done when it answered or is known not to.
     *
     * @param place where it is
     * @param method of the request, which has no body
     * @param target path and query
     * @param authorization the caller's own field
     * @param wait what the query asks it to wait at most
     */
    CompletableFuture<Heard> ask(
            GatewayPlace place, String method, String target, String authorization, Duration wait) {
        try {
            Optional<String> obstacle = obstacle(place);
            if (obstacle.isPresent()) {
                return CompletableFuture.completedFuture(new Heard.Silent(obstacle.get()));
            }
            Duration patience = wait.plus(PATIENCE);
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(place.admin() + target))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .header("authorization", authorization)
                            .timeout(patience)
                            .build();
            return client().sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES))
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(Peers::heard)
                    .exceptionally(failure -> new Heard.Silent(reason(failure)));
        } catch (IOException | IllegalArgumentException e) {
            return CompletableFuture.completedFuture(
                    new Heard.Silent(String.valueOf(e.getMessage())));
        }
    }

    /** A token goes in the clear to nobody but a network that is somebody's own. */
    private static Optional<String> obstacle(GatewayPlace place) throws UnknownHostException {
        if (place.admin().isEmpty()) {
            return Optional.of("it is of a version that cannot be asked");
        }
        URI uri = URI.create(place.admin());
        return uri.getScheme().equals("https") || isPrivate(InetAddress.getByName(uri.getHost()))
                ? Optional.empty()
                : Optional.of(
                        "a token is not sent to the public address "
                                + uri.getHost()
                                + " without TLS; give its admin listener a certificate");
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean carriers = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || unique
                || carriers;
    }

    private static Heard heard(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return new Heard.Silent("it answers " + answer.statusCode());
        }
        try {
            return new Heard.Told(JSON.readTree(answer.body()));
        } catch (IOException e) {
            return new Heard.Silent("its answer is no JSON");
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case ConnectException _ -> "nothing listens there";
            case HttpTimeoutException _ -> "it does not answer in time";
            case TimeoutException _ -> "it does not answer in time";
            case SSLException tls -> "TLS: " + tls.getMessage();
            default -> String.valueOf(cause.getMessage());
        };
    }

    /** Another one as soon as certificates were replaced. */
    private synchronized HttpClient client() throws IOException {
        String now = trust.stamp();
        HttpClient known = client;
        if (known != null && stamp.equals(now)) {
            return known;
        }
        HttpClient made =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(PATIENCE)
                        .sslContext(trust.context())
                        .build();
        if (known != null) {
            known.shutdown();
        }
        client = made;
        stamp = now;
        return made;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
