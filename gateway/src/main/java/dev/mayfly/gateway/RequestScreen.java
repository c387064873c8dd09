package dev.mayfly.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;

/**
 * Sits behind the HTTP/1 decoder and tells the watch where requests begin and end. A version that
 * is neither 1.0 nor 1.1 becomes a malformed request, so that it is answered like one.
 */
final class RequestScreen extends ChannelInboundHandlerAdapter {
    private final ConnectionWatch watch;

    RequestScreen(ConnectionWatch watch) {
        this.watch = watch;
    }

    // The decoder sends this very instance for a message without a body or trailers.
    @SuppressWarnings("ReferenceEquality")
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
            watch.messageComplete();
        } else if (message instanceof HttpRequest request) {
            watch.headComplete();
            check(request);
        } else if (message instanceof LastHttpContent last && last.decoderResult().isSuccess()) {
            watch.messageComplete();
        }
        ctx.fireChannelRead(message);
    }

    private static void check(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        boolean known =
                version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
        if (!known) {
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        if (!known || request.headers().contains(AsciiString.EMPTY_STRING)) {
            request.setDecoderResult(
                    DecoderResult.failure(
                            new IllegalArgumentException(
                                    "an unknown version, or a field without a name")));
        }
    }
}
