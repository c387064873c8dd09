package dev.mayfly.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection's time limits, and its manners when it closes. It is the first handler of
 * the pipeline, so it sees bytes before any codec does and outlives every change of codec.
 *
 * <pre>
 *              first byte                 head complete                answered, body complete
 *   quiet ────────────────► reading head ───────────────► at work ──────────────────────► quiet
 *     │ idle_timeout            │ header_timeout             │ idle_timeout without a byte taken
 *     ▼                         ▼                            ▼   by a client we have bytes for
 *   close                   408, linger                    close
 *
 *   answered, body incomplete: the rest is thrown away until it ends, or body_timeout closes
 * </pre>
 *
 * Over HTTP/2 there are only <em>quiet</em> (no stream open) and <em>at work</em>.
 *
 * <p><b>Lingering.</b> Closing a socket while unread bytes arrive makes the kernel send a reset,
 * and a reset may overtake the answer. So a connection that closes before its request was read
 * whole first shuts down its sending side, then reads and forgets for a while.
 *
 * <p>All of it belongs to the connection's event loop.
 */
// A close or a write that fails finds the connection gone, which is what it was for.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionWatch extends ChannelDuplexHandler implements Timed {
    static final String NAME = "watch";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

    private final Door door;
    private final ServerSettings.Connections limits;
    private final long linger;

    /** How long a client may take no byte. */
    private long patience;

    private Loop loop;
    private ChannelHandlerContext context;
    private @Nullable ChannelHandlerContext within;
    private Ends ends;

    private boolean admitted;
    private boolean multiplexed;
    private boolean secured;
    private boolean readingHead;
    private boolean messageOpen;
    private boolean closing;
    private boolean lingering;
    private int unanswered;

    /** When the present state began, or something last moved in it. */
    private long since;

    private long pendingThen;
    private long progressThen;

    @SuppressWarnings("NullAway.Init") // loop and context: handlerAdded comes before any event
    ConnectionWatch(Door door, ServerSettings.Connections limits) {
        this.door = door;
        this.limits = limits;
        this.linger = Math.min(Duration.ofSeconds(2).toNanos(), limits.idleTimeout().toNanos());
        this.patience = limits.idleTimeout().toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop = door.loopOf(ctx.channel().eventLoop());
        since = loop.now();
        loop.watch(this);
        admitted = door.opened();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (admitted) {
            ctx.fireChannelActive();
        } else {
            // Without lingering: what is refused for want of room must not take any. Nor is there
            // any for a handshake, without which a TLS client can be told nothing.
            tell(Problems.tooManyConnections(loop.date()));
            ctx.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        loop.forget(this);
        door.closed();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (lingering) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (!secured) {
            arrived();
        }
        ctx.fireChannelRead(message);
    }

    /** Bytes of a request came. */
    void arrived() {
        if (!messageOpen && unanswered == 0 && !readingHead && !multiplexed) {
            readingHead = true;
            since = loop.now();
        }
        if (messageOpen && unanswered == 0) {
            since = loop.now();
        }
    }

    Loop loop() {
        return loop;
    }

    /** Tells whom it connects: before the first request. */
    void between(Ends both) {
        ends = both;
    }

    Ends ends() {
        return ends;
    }

    /**
     * A TLS handshake is complete; until then it counted as a head that is being read. From here on
     * {@link #arrived()} is told of bytes.
     *
     * @param decoder what is written from there is sealed, but not encoded; null over HTTP/2
     */
    void secured(@Nullable ChannelHandlerContext decoder) {
        within = decoder;
        secured = true;
        readingHead = false;
        since = loop.now();
    }

    /** From here on the connection carries HTTP/2 streams. */
    void multiplex() {
        multiplexed = true;
        readingHead = false;
        since = loop.now();
    }

    /** A request's head is complete (HTTP/1). */
    void headComplete() {
        readingHead = false;
        messageOpen = true;
    }

    /** A request's body is complete (HTTP/1). */
    void messageComplete() {
        messageOpen = false;
        quietIfDone();
    }

    boolean messageOpen() {
        return messageOpen;
    }

    /** A request is being worked on. */
    void begin() {
        unanswered++;
        progressThen = -1;
    }

    /** A request was answered, or given up. */
    void end() {
        unanswered--;
        quietIfDone();
    }

    private void quietIfDone() {
        if (unanswered == 0) {
            since = loop.now();
        }
    }

    /** {@return whether no further request of this connection is served} */
    boolean closing() {
        return closing;
    }

    /** No further request of this connection is served; close it with {@link #finish()}. */
    void closeNext() {
        closing = true;
    }

    /** Closes after everything written so far; politely if bytes of a request may still arrive. */
    void finish() {
        closing = true;
        since = loop.now();
        context.channel().close();
    }

    /** As {@link #finish()}, but waits for no slow reader: its answer is broken anyway. */
    void finishSoon() {
        patience = linger;
        finish();
    }

    /** Closes at once; the client sees a reset, never an end that looks regular. */
    void breakOff() {
        closing = true;
        messageOpen = false;
        if (context.channel() instanceof SocketChannel socket && !socket.isOutputShutdown()) {
            resetOnClose(socket);
        }
        context.channel().close();
    }

    private static void resetOnClose(SocketChannel socket) {
        try {
            socket.config().setSoLinger(0);
        } catch (ChannelException e) {
            LOG.trace("the client was faster and has closed", e);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        boolean unread = messageOpen || readingHead;
        if (unread && !lingering && !multiplexed && ctx.channel().isActive()) {
            stay(ctx, promise);
        } else if (lingering && ctx.channel().isActive()) {
            ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            ctx.close(promise);
        }
    }

    private void stay(ChannelHandlerContext ctx, ChannelPromise promise) {
        lingering = true;
        closing = true;
        since = System.nanoTime();
        ctx.flush();
        if (ctx.channel() instanceof SocketChannel socket) {
            socket.shutdownOutput();
        }
        ctx.channel().config().setAutoRead(true);
        ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    }

    @Override
    public void check(long now) {
        long quiet = now - since;
        if (lingering) {
            if (quiet > linger) {
                context.close();
            }
        } else if (unanswered > 0 || closing) {
            closeIfStalled(now);
        } else if (messageOpen) {
            closeAfter(quiet, limits.bodyTimeout().toNanos());
        } else if (readingHead) {
            refuseAfter(quiet, limits.headerTimeout().toNanos());
        } else {
            closeAfter(quiet, limits.idleTimeout().toNanos());
        }
    }

    private void closeAfter(long quiet, long limit) {
        if (quiet > limit) {
            messageOpen = false;
            finish();
        }
    }

    private void refuseAfter(long quiet, long limit) {
        if (quiet > limit) {
            tell(Problems.headerTimeout(loop.date()));
            door.headerTimedOut();
            finish();
        }
    }

    /** Past the codec, but not past TLS: before its handshake nothing can be told. */
    private void tell(byte[] answer) {
        if (within != null) {
            within.writeAndFlush(Unpooled.wrappedBuffer(answer));
        } else if (context.pipeline().get(SslHandler.class) == null) {
            context.writeAndFlush(Unpooled.wrappedBuffer(answer));
        }
    }

    /** A client that takes no byte of what we have for it, or a close that does not come about. */
    private void closeIfStalled(long now) {
        @Nullable ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        long pending = out == null ? 0 : out.totalPendingWriteBytes();
        long progress = out == null ? 0 : out.currentProgress();
        boolean idle = pending == 0 && !closing;
        if (idle || pending != pendingThen || progress != progressThen) {
            pendingThen = pending;
            progressThen = progress;
            since = now;
        } else if (now - since > patience) {
            breakOff();
            context.close();
        }
    }

    /** Who opened the door for a connection. */
    interface Door {
        Loop loopOf(EventLoop thread);

        /** {@return whether there is room for it} Told of its end in any case. */
        boolean opened();

        void closed();

        void headerTimedOut();
    }
}
