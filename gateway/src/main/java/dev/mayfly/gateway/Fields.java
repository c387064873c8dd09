package dev.mayfly.gateway;

import dev.mayfly.http.HeaderFields;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Header fields as the server's codec keeps them. */
final class Fields implements HeaderFields {
    /**
     * Of names that are asked for in every request: their hashes are known, the text's would be
     * reckoned each time.
     */
    private static final Map<String, AsciiString> KNOWN =
            Stream.of(
                            "accept-encoding",
                            "content-type",
                            "host",
                            "origin",
                            "traceparent",
                            "x-request-id")
                    .collect(Collectors.toUnmodifiableMap(name -> name, AsciiString::cached));

    private final MultiMap fields;

    Fields(MultiMap fields) {
        this.fields = fields;
    }

    @Override
    public @Nullable CharSequence first(String name) {
        @Nullable AsciiString known = KNOWN.get(name);
        return known == null ? fields.get(name) : fields.get(known);
    }

    /** {@return whether {@code item} is one of a field's, between commas; HTTP/1 only} */
    boolean listed(CharSequence name, CharSequence item) {
        return fields instanceof HttpHeaders plain && plain.containsValue(name, item, true);
    }

    @Override
    public void forEach(Visitor visitor) {
        if (fields instanceof HttpHeaders plain) {
            // HTTP/1: the decoder's own text, no copy
            Iterator<Map.Entry<CharSequence, CharSequence>> all = plain.iteratorCharSequence();
            while (all.hasNext()) {
                Map.Entry<CharSequence, CharSequence> field = all.next();
                visitor.field(field.getKey(), field.getValue());
            }
        } else {
            for (Map.Entry<String, String> field : fields) {
                visitor.field(field.getKey(), field.getValue());
            }
        }
    }

    @Override
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int): low bytes, in one copy
    public void copy(CharSequence text, byte[] into, int at) {
        switch (text) {
            case AsciiString ascii -> ascii.copy(0, into, at, ascii.length());
            case String string -> string.getBytes(0, string.length(), into, at);
            default -> HeaderFields.super.copy(text, into, at);
        }
    }
}
