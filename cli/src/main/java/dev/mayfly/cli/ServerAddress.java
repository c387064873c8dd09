package dev.mayfly.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;

/**
 * Where an admin API is.
 *
 * @param uri {@code http} or {@code https}, without a slash at its end
 */
record ServerAddress(URI uri) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Where {@code mayfly server} listens unless told otherwise. */
    static final ServerAddress LOCAL = of("http://127.0.0.1:3001");

    ServerAddress {
        boolean plain =
                uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
        if (!SCHEMES.contains(String.valueOf(uri.getScheme())) || uri.getHost() == null || !plain) {
            throw new IllegalArgumentException(
                    "server \"" + uri + "\" (expected: a URL such as http://127.0.0.1:3001)");
        }
    }

    /**
     * {@return what a person means by {@code text}} Without a scheme it is {@code http}.
     *
     * @throws IllegalArgumentException for what is no address of a server
     */
    static ServerAddress of(String text) {
        String whole = text.contains("://") ? text : "http://" + text;
        try {
            return new ServerAddress(new URI(whole.replaceFirst("/+$", "")));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "server \"" + text + "\" (expected: a URL such as http://127.0.0.1:3001)", e);
        }
    }

    /** {@return where a server of this machine listens, which has the same environment} */
    static ServerAddress ofThisMachine(Map<String, String> environment) {
        String listens = environment.getOrDefault("MAYFLY_ADMIN_LISTEN", "");
        boolean secure = !environment.getOrDefault("MAYFLY_ADMIN_TLS_CERTIFICATE", "").isEmpty();
        if (listens.isEmpty() && !secure) {
            return LOCAL;
        }
        String place = listens.isEmpty() ? LOCAL.uri.getAuthority() : onThisMachine(listens);
        return of((secure ? "https://" : "http://") + place);
    }

    /** A server that listens on every address is reached by one of them. */
    private static String onThisMachine(String listens) {
        String port = listens.substring(listens.lastIndexOf(':') + 1);
        boolean everywhere =
                !listens.contains(":") || listens.matches("(0\\.0\\.0\\.0|\\[::]|):.*");
        return everywhere ? "127.0.0.1:" + port : listens;
    }

    /** {@return a URL below it} */
    URI resolve(String path) {
        return URI.create(uri + path);
    }

    /** {@return whether it is talked to over TLS} */
    boolean isSecure() {
        return uri.getScheme().equals("https");
    }

    /** {@return whether nobody on the way can read what is sent} */
    boolean isPrivate() {
        return isSecure() || isLoopback();
    }

    /**
     * {@return whether it is this machine} A name other than {@code localhost} is not asked for.
     */
    boolean isLoopback() {
        String host = uri.getHost();
        return host.equals("localhost")
                || host.equals("[::1]")
                || (host.matches("127(\\.\\d{1,3}){3}")
                        && InetAddress.ofLiteral(host).isLoopbackAddress());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
