package dev.mayfly.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/**
 * The PROXY protocol, versions 1 and 2: a proxy that hands bytes on says first whose they are.
 *
 * <p>The protocol forbids to guess whether a header is there. So a trusted proxy must send one, and
 * anybody else cannot: what they send is their request, and a header in its place is a malformed
 * one.
 *
 * @param trusted whether an address, in digits, is a proxy's
 */
record ProxyHeaders(Predicate<String> trusted) {
    /** Bytes of all a header of version 2 may say beside the addresses. */
    static final int MOST_EXTRAS = 4096;

    /** No connection begins with a header. */
    static final ProxyHeaders NONE = new ProxyHeaders(_ -> false);

    /** Has the header of {@code connection} read, if it is to have one; after its watch. */
    void opening(Channel connection) {
        if (connection.remoteAddress() instanceof InetSocketAddress peer && trusts(peer)) {
            connection
                    .pipeline()
                    .addAfter(ConnectionWatch.NAME, "proxy-client", new ProxiedClient())
                    .addAfter(
                            ConnectionWatch.NAME,
                            "proxy-header",
                            new HAProxyMessageDecoder(MOST_EXTRAS));
        }
    }

    private boolean trusts(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        String digits = address.getHostAddress();
        int scope = digits.indexOf('%');
        return trusted.test(scope < 0 ? digits : digits.substring(0, scope));
    }
}
