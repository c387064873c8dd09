package dev.mayfly.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.vertx.core.impl.transports.NioTransport;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has handlers of ours put first in the pipeline of every connection that is accepted. The server
 * tells of a connection only once its first request's head is complete, which is too late to limit
 * how long that may take.
 */
final class WatchedTransport extends NioTransport {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedTransport.class);

    private final Consumer<Channel> opening;
    private final List<Channel> doors = new CopyOnWriteArrayList<>();
    private final Map<ThreadAwareExecutor, Lingering> selects = new ConcurrentHashMap<>();

    /** {@code opening}: told of each connection before any codec is in its pipeline. */
    WatchedTransport(Consumer<Channel> opening) {
        this.opening = opening;
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return eventLoop -> {
            Lingering select = new Lingering();
            selects.put(eventLoop, select);
            return NioIoHandler.newFactory(SelectorProvider.provider(), () -> select)
                    .newHandler(eventLoop);
        };
    }

    /** Has {@code eventLoop} look on for answers of {@code loop} before it sleeps. */
    void linger(EventLoop eventLoop, Loop loop) {
        Objects.requireNonNull(selects.get(eventLoop), "a loop of this transport").bind(loop);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return () -> {
            NioServerSocketChannel server = new LastAccepting();
            server.pipeline().addLast(new Doorkeeper());
            doors.add(server);
            return server;
        };
    }

    /** Takes no more connections on any port; those that are there stay. Blocks. */
    // Waited for; a door that does not close was closed already.
    @SuppressWarnings("FutureReturnValueIgnored")
    void closeDoors() {
        doors.forEach(door -> {
            if (!door.close().awaitUninterruptibly().isSuccess()) {
                LOG.error("a port could not be closed", door.closeFuture().cause());
            }
        });
    }

    /**
     * The operating system accepts connections before we do, and resets those that still wait when
     * the port is given up. So they are taken in first.
     */
    private static final class LastAccepting extends NioServerSocketChannel {
        @Override
        protected void doClose() throws Exception {
            try {
                takeIn();
            } finally {
                super.doClose();
            }
        }

        private void takeIn() throws Exception {
            List<Object> waiting = new ArrayList<>();
            while (isRegistered() && doReadMessages(waiting) > 0) {
                LOG.trace("a connection that waited is taken in");
            }
            waiting.forEach(pipeline()::fireChannelRead);
        }
    }

    /** Sees each accepted connection before the one that hands it to its event loop. */
    private final class Doorkeeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object accepted) {
            opening.accept((Channel) accepted);
            ctx.fireChannelRead(accepted);
        }
    }
}
