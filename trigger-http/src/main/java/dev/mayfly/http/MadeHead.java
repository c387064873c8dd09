package dev.mayfly.http;

import dev.mayfly.manifest.FunctionSpec.MadeRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that no client sent: a warm-up, a probe or a check.
 *
 * @param method the method
 * @param target path and query
 * @param fields its fields
 * @param contentLength -1 without a body
 */
record MadeHead(String method, String target, List<Field> fields, long contentLength)
        implements RequestHead {
    /** A field. */
    record Field(String name, String value) {}

    static MadeHead of(MadeRequest request, String host) {
        Field hostField = new Field("Host", host);
        long length = request.body().getBytes(StandardCharsets.UTF_8).length;
        String target = Escapes.asBytes(request.target());
        return length == 0
                ? new MadeHead(request.method(), target, List.of(hostField), -1)
                : new MadeHead(
                        request.method(),
                        target,
                        List.of(hostField, new Field("Content-Length", Long.toString(length))),
                        length);
    }

    @Override
    public Protocol protocol() {
        return Protocol.HTTP_1_1;
    }

    @Override
    public HeaderFields headers() {
        return new HeaderFields() {
            @Override
            public @Nullable CharSequence first(String name) {
                for (Field field : fields) {
                    if (field.name().equalsIgnoreCase(name)) {
                        return field.value();
                    }
                }
                return null;
            }

            @Override
            public void forEach(Visitor visitor) {
                fields.forEach(field -> visitor.field(field.name(), field.value()));
            }
        };
    }

    @Override
    public @Nullable String authority() {
        return null;
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public String remoteHost() {
        return "127.0.0.1";
    }

    @Override
    public int remotePort() {
        return 0;
    }

    @Override
    public String localHost() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 80;
    }

    @Override
    public boolean hasBody() {
        return contentLength > 0;
    }
}
