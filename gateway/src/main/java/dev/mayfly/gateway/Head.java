package dev.mayfly.gateway;

import dev.mayfly.http.HeaderFields;
import dev.mayfly.http.RequestHead;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** A request's head, read from the server's codec when it is asked for. */
final class Head implements RequestHead {
    private static final long NOT_ANNOUNCED = -1;
    private static final long MOST_UNREAD = 256 << 10;

    private final HttpServerRequest request;
    private final Ends ends;
    private final Fields fields;
    private final Protocol protocol;
    private final String target;
    private final long contentLength;
    private final boolean hasBody;

    Head(HttpServerRequest request, Ends ends) {
        this.request = request;
        this.ends = ends;
        this.fields = new Fields(request.headers());
        this.protocol = protocolOf(request.version());
        @Nullable String uri = request.uri();
        this.target = uri == null ? "" : uri;
        this.contentLength = announced(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        this.hasBody = contentLength > 0 || (contentLength < 0 && followsUnannounced());
    }

    private static Protocol protocolOf(@Nullable HttpVersion version) {
        if (version == HttpVersion.HTTP_1_1) {
            return Protocol.HTTP_1_1;
        }
        return version == HttpVersion.HTTP_2 ? Protocol.HTTP_2 : Protocol.HTTP_1_0;
    }

    private static long announced(@Nullable String length) {
        if (length == null || length.isEmpty() || length.length() > 18) {
            return NOT_ANNOUNCED;
        }
        long value = 0;
        for (int i = 0; i < length.length(); i++) {
            int digit = length.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_ANNOUNCED;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /**
     * HTTP/1 says so with {@code Transfer-Encoding}. An HTTP/2 stream says only later whether it
     * ends with its head: there, methods that usually have no body have none unless its type is
     * told.
     */
    private boolean followsUnannounced() {
        if (protocol != Protocol.HTTP_2) {
            return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        }
        return switch (request.method().name()) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "DELETE" ->
                    request.getHeader(HttpHeaders.CONTENT_TYPE) != null;
            default -> true;
        };
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public HeaderFields headers() {
        return fields;
    }

    @Override
    public @Nullable String authority() {
        if (protocol != Protocol.HTTP_2) {
            return null;
        }
        @Nullable HostAndPort authority = request.authority();
        return authority == null ? null : authority.toString();
    }

    @Override
    public boolean secure() {
        return ends.secure();
    }

    /** {@return whether the kernel cannot send a file as it is: HTTP/2 frames it, TLS seals it} */
    boolean wrapsFiles() {
        return protocol == Protocol.HTTP_2 || secure();
    }

    @Override
    public String remoteHost() {
        return ends.remoteHost();
    }

    @Override
    public int remotePort() {
        return ends.remotePort();
    }

    @Override
    public String localHost() {
        return ends.localHost();
    }

    @Override
    public int localPort() {
        return ends.localPort();
    }

    @Override
    public boolean hasBody() {
        return hasBody;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    /**
     * {@return whether the body, if nobody reads it, is short enough to be taken in and thrown away
     * for the sake of the connection}
     */
    boolean hasShortBody() {
        return contentLength >= 0 && contentLength <= MOST_UNREAD && !expectsContinue();
    }

    /**
     * {@return whether the client says, maybe among other things, that this is its last request}
     */
    boolean asksToClose() {
        return fields.listed(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }

    /** {@return whether the client waits for a go-ahead before it sends the body} */
    boolean expectsContinue() {
        @Nullable String expect = request.getHeader(HttpHeaders.EXPECT);
        return expect != null
                && expect.equalsIgnoreCase("100-continue")
                && protocol != Protocol.HTTP_1_0;
    }
}
