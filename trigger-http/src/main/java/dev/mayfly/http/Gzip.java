package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Which answers are worth compressing, and what becomes of their fields. */
final class Gzip {
    /** A shorter body fits in one packet either way. */
    static final int LEAST = 1024;

    static final String CODING = "gzip";

    /** Beside {@code text/*}, {@code *+json} and {@code *+xml}. */
    private static final Set<String> TYPES =
            Set.of(
                    "application/json",
                    "application/javascript",
                    "application/x-javascript",
                    "application/ecmascript",
                    "application/xml",
                    "application/x-ndjson",
                    "application/wasm",
                    "application/graphql",
                    "application/rtf",
                    "application/toml",
                    "application/yaml",
                    "application/vnd.ms-fontobject",
                    "font/ttf",
                    "font/otf",
                    "image/bmp",
                    "image/x-icon");

    private Gzip() {}

    /**
     * {@return whether an answer with this head may be compressed} Not one that is already, is a
     * part, is hashed as it is, or is not to be changed on the way; nor events, which a client
     * waits for one by one.
     */
    static boolean suits(ResponseHead head) {
        boolean typed = false;
        List<Field> fields = head.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (forbids(field)) {
                return false;
            }
            typed |=
                    Octets.sameIgnoringCase(field.name(), "content-type")
                            && isText(field.value().toString());
        }
        return typed && Answers.carriesBody(head.status()) && head.status() != 206;
    }

    private static boolean forbids(Field field) {
        CharSequence name = field.name();
        return switch (name.length()) {
            case 6 -> Octets.sameIgnoringCase(name, "digest");
            case 11 ->
                    Octets.sameIgnoringCase(name, "content-md5")
                            || Octets.sameIgnoringCase(name, "repr-digest");
            case 13 ->
                    Octets.sameIgnoringCase(name, "content-range")
                            || (Octets.sameIgnoringCase(name, "cache-control")
                                    && hasNoTransform(field.value().toString()));
            case 14 -> Octets.sameIgnoringCase(name, "content-digest");
            case 16 -> Octets.sameIgnoringCase(name, "content-encoding");
            default -> false;
        };
    }

    private static boolean hasNoTransform(String value) {
        return value.toLowerCase(Locale.ROOT).contains("no-transform");
    }

    static boolean isText(String value) {
        int end = value.indexOf(';');
        String type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return (type.startsWith("text/") && !type.equals("text/event-stream"))
                || type.endsWith("+json")
                || type.endsWith("+xml")
                || TYPES.contains(type);
    }

    /**
     * {@return the head of the compressed answer} Its validator becomes a weak one: the bytes are
     * others, what they say is the same.
     */
    static ResponseHead compressed(ResponseHead head, Answers answers) {
        List<Field> fields = new ArrayList<>(weakened(head, answers).fields());
        fields.removeIf(field -> Octets.sameIgnoringCase(field.name(), "accept-ranges"));
        fields.removeIf(Gzip::variesAlready);
        fields.add(answers.field("content-encoding", CODING));
        fields.add(answers.field("vary", "accept-encoding"));
        return new ResponseHead(head.status(), fields);
    }

    private static boolean variesAlready(Field field) {
        return Octets.sameIgnoringCase(field.name(), "vary")
                && field.value().toString().equals("accept-encoding");
    }

    /** {@return {@code head} with the validator of its compressed form} */
    static ResponseHead weakened(ResponseHead head, Answers answers) {
        List<Field> fields = new ArrayList<>(head.fields().size() + 2);
        for (Field field : head.fields()) {
            String value = field.value().toString();
            boolean strong =
                    Octets.sameIgnoringCase(field.name(), "etag") && value.startsWith("\"");
            fields.add(strong ? answers.field("etag", "W/" + value) : field);
        }
        return new ResponseHead(head.status(), fields);
    }

    /** {@return the head of an answer that could have been compressed} */
    static ResponseHead plain(ResponseHead head, Answers answers) {
        return answers.with(head, "vary", "accept-encoding");
    }

    static byte[] compress(byte[] body, int offset, int length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
            gzip.write(body, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is none: it is written to memory
        }
        return all.toByteArray();
    }
}
