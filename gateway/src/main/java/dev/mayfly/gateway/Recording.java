package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.RequestBody;
import dev.mayfly.http.RequestHead;
import dev.mayfly.http.ResponseHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a request and its answer while they pass by, for a function that asks for that. The loop's,
 * but for a streamed body, which a guest's thread reads. Values of fields that may be secrets are
 * never kept: whoever may look at an app may not be whom a client has logged in as.
 */
final class Recording {
    private static final Set<String> SECRET =
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "cookie",
                    "set-cookie",
                    "authentication-info");

    private static final List<String> SECRET_PARTS =
            List.of("token", "secret", "password", "api-key", "apikey", "session", "signature");

    private final BodyCopy sent = new BodyCopy();
    private final BodyCopy answered = new BodyCopy();
    private int status;
    private List<Recorded.Field> fields = List.of();

    /** Takes a body on its way to the trigger. */
    record Intake(Recording recording, BodyReceiver receiver) implements BodyReceiver {
        @Override
        public void received(RequestBody body) {
            if (body instanceof MemoryBody whole) {
                whole.copyTo(recording.sent);
                recording.sent.complete();
            } else {
                recording.sent.cut(); // in a file, so it is longer than what is kept
            }
            receiver.received(body);
        }

        @Override
        public void failed(BodyFailure failure) {
            recording.sent.cut();
            receiver.failed(failure);
        }
    }

    /** Copies what a guest reads of a streamed body. */
    private record Passing(BodyCopy copy, RequestBody body) implements RequestBody {
        @Override
        public long length() {
            return body.length();
        }

        @Override
        public int read(byte[] into, int offset, int length)
                throws IOException, InterruptedException {
            int read = body.read(into, offset, length);
            if (read > 0) {
                copy.add(into, offset, read);
            } else if (read < 0) {
                copy.complete();
            }
            return read;
        }

        @Override
        public void close() {
            body.close();
        }
    }

    BodyReceiver receiving(BodyReceiver receiver) {
        return new Intake(this, receiver);
    }

    RequestBody passing(RequestBody body) {
        return new Passing(sent, body);
    }

    void answered(ResponseHead head) {
        status = head.status();
        List<Recorded.Field> all = new ArrayList<>();
        head.fields().forEach(field -> all.add(field(field.name(), field.value())));
        fields = all;
    }

    void answered(byte[] body, int offset, int length) {
        answered.add(body, offset, length);
    }

    /** A file's bytes do not pass by here. */
    void answeredFromFile() {
        answered.cut();
    }

    /** The answer's end was reached. */
    void complete() {
        answered.complete();
    }

    Recorded seal(RequestHead head) {
        if (!head.hasBody()) {
            sent.complete();
        }
        return new Recorded(
                new Recorded.Request(head.method(), head.target(), fields(head), sent.body()),
                new Recorded.Answer(status, fields, answered.body()));
    }

    /** As HTTP/1.1 has them: what HTTP/2 tells beside the fields is a field there. */
    private static List<Recorded.Field> fields(RequestHead head) {
        List<Recorded.Field> all = new ArrayList<>();
        @Nullable String authority = head.authority();
        if (authority != null && head.headers().first("host") == null) {
            all.add(field("host", authority));
        }
        head.headers().forEach((name, value) -> all.add(field(name, value)));
        return all;
    }

    static Recorded.Field field(CharSequence name, CharSequence value) {
        String lower = name.toString().toLowerCase(Locale.ROOT);
        return new Recorded.Field(
                lower, isSecret(lower) ? Recorded.Field.HIDDEN : value.toString());
    }

    private static boolean isSecret(String name) {
        return SECRET.contains(name) || SECRET_PARTS.stream().anyMatch(name::contains);
    }
}
