package dev.mayfly.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Sits behind TLS and tells the watch that bytes of requests came, which outside of it cannot be
 * told from the rest of a handshake or from the protocol's own messages.
 */
final class UnsealedBytes extends ChannelInboundHandlerAdapter {
    private final ConnectionWatch watch;

    UnsealedBytes(ConnectionWatch watch) {
        this.watch = watch;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        watch.arrived();
        ctx.fireChannelRead(message);
    }
}
