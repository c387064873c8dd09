package dev.mayfly.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the client's address from a PROXY header, and leaves. A header that cannot be read closes
 * the connection: whose it is would be unknown.
 */
// A close that fails finds the connection gone, which is what it was for.
@SuppressWarnings("FutureReturnValueIgnored")
final class ProxiedClient extends SimpleChannelInboundHandler<HAProxyMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(ProxiedClient.class);

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
        AddressFamily family = header.proxiedProtocol().addressFamily();
        boolean tells =
                header.command() == HAProxyCommand.PROXY
                        && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
        // Otherwise the proxy speaks for itself: it looks whether this server is there.
        if (tells) {
            Channel connection = ctx.channel();
            connection
                    .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
                    .set(address(header.sourcePort(), header.sourceAddress()));
            connection
                    .attr(ConnectionBase.LOCAL_ADDRESS_OVERRIDE)
                    .set(address(header.destinationPort(), header.destinationAddress()));
        }
        ctx.pipeline().remove(this);
    }

    private static SocketAddress address(int port, String digits) {
        return SocketAddress.inetSocketAddress(port, digits);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.trace("a proxy's header cannot be read", cause);
        ctx.close();
    }
}
