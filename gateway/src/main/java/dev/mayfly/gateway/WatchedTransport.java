package dev.mayfly.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import java.util.function.Supplier;

/**
 * Puts a handler of ours first in the pipeline of every connection that is accepted. The server
 * tells of a connection only once its first request's head is complete, which is too late to limit
 * how long that may take.
 */
final class WatchedTransport extends NioTransport {
    private final Supplier<ChannelHandler> first;

    WatchedTransport(Supplier<ChannelHandler> first) {
        this.first = first;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return () -> {
            NioServerSocketChannel server = new NioServerSocketChannel();
            server.pipeline().addLast(new Doorkeeper());
            return server;
        };
    }

    /** Sees each accepted connection before the one that hands it to its event loop. */
    private final class Doorkeeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object accepted) {
            ((Channel) accepted).pipeline().addFirst(ConnectionWatch.NAME, first.get());
            ctx.fireChannelRead(accepted);
        }
    }
}
