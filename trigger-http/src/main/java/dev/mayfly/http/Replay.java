package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request that was sent before, to be sent again.
 *
 * @param method as sent
 * @param target as sent
 * @param fields as sent, those left out that were not kept
 * @param body all of it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Replay(String method, String target, List<Field> fields, byte[] body) {
    /** They belonged to the connection, and to the body's way through it. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    /** Copies the list in. */
    public Replay {
        fields = List.copyOf(fields);
    }

    MadeHead head() {
        List<MadeHead.Field> kept = new ArrayList<>();
        for (Field field : fields) {
            String name = field.name().toString();
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                kept.add(new MadeHead.Field(name, field.value().toString()));
            }
        }
        if (body.length > 0) {
            kept.add(new MadeHead.Field("Content-Length", Integer.toString(body.length)));
        }
        return new MadeHead(method, target, kept, body.length == 0 ? -1 : body.length);
    }
}
