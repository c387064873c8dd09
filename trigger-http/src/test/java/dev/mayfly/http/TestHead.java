package dev.mayfly.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's head, made step by step.
 *
 * @param method the method
 * @param target the target
 * @param protocol the version
 * @param fields in order
 * @param authority of HTTP/2
 * @param secure under TLS
 * @param remoteHost the peer
 * @param contentLength -1 if none was sent
 * @param hasBody whether a body follows
 */
record TestHead(
        String method,
        String target,
        Protocol protocol,
        List<MadeHead.Field> fields,
        @Nullable String authority,
        boolean secure,
        String remoteHost,
        long contentLength,
        boolean hasBody)
        implements RequestHead {

    /** {@return an HTTP/1.1 request for host example.com} */
    static TestHead request(String method, String target) {
        return bare(method, target).with("Host", "example.com");
    }

    static TestHead get(String target) {
        return request("GET", target);
    }

    static TestHead bare(String method, String target) {
        return new TestHead(
                method,
                target,
                Protocol.HTTP_1_1,
                List.of(),
                null,
                false,
                "203.0.113.9",
                -1,
                false);
    }

    TestHead with(String name, String value) {
        List<MadeHead.Field> more = new ArrayList<>(fields);
        more.add(new MadeHead.Field(name, value));
        return copy(protocol, more, authority, secure, contentLength, hasBody);
    }

    TestHead over(Protocol other, @Nullable String pseudo) {
        return copy(other, fields, pseudo, secure, contentLength, hasBody);
    }

    TestHead underTls() {
        return copy(protocol, fields, authority, true, contentLength, hasBody);
    }

    TestHead withBody(long length) {
        return copy(protocol, fields, authority, secure, length, length != 0);
    }

    TestHead from(String address) {
        return new TestHead(
                method,
                target,
                protocol,
                fields,
                authority,
                secure,
                address,
                contentLength,
                hasBody);
    }

    private TestHead copy(
            Protocol version,
            List<MadeHead.Field> all,
            @Nullable String pseudo,
            boolean tls,
            long length,
            boolean body) {
        return new TestHead(
                method, target, version, List.copyOf(all), pseudo, tls, remoteHost, length, body);
    }

    @Override
    public HeaderFields headers() {
        return new MadeHead(method, target, fields, contentLength).headers();
    }

    @Override
    public int remotePort() {
        return 40_404;
    }

    @Override
    public String localHost() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 3000;
    }
}
