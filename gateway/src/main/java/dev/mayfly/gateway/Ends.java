package dev.mayfly.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a connection. Written out once for all of its requests, most of which tell them
 * to a guest.
 *
 * @param remoteHost the client's address in digits, without brackets or scope
 * @param remotePort the client's
 * @param localHost the address that was asked, as above
 * @param localPort the port that was asked
 * @param secure whether TLS lies between
 */
record Ends(String remoteHost, int remotePort, String localHost, int localPort, boolean secure) {
    static Ends of(HttpConnection connection) {
        SocketAddress remote = connection.remoteAddress();
        SocketAddress local = connection.localAddress();
        return new Ends(
                plain(remote), remote.port(), plain(local), local.port(), connection.isSsl());
    }

    private static String plain(SocketAddress address) {
        @Nullable String digits = address.hostAddress();
        String host = digits == null ? address.host() : digits;
        int scope = host.indexOf('%');
        return (scope < 0 ? host : host.substring(0, scope)).toLowerCase(Locale.ROOT);
    }
}
