package dev.mayfly.server;

import dev.mayfly.gateway.Activation;
import dev.mayfly.gateway.Recorded;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Activations as the API shows them. */
final class ActivationView {
    private ActivationView() {}

    /** Activations, the newest first. */
    record Page(
            List<Item> activations,
            @Said("Gateways whose requests are missing.") List<View.Silent> silent) {}

    /** A request to a function, or a run for a record. */
    record Item(
            @Said("The request's id, or the record's.") String id,
            @Said("The gateway that remembers it.") String gateway,
            Instant at,
            String app,
            long revision,
            String function,
            String route,
            @Said("EVENT for a record.") String method,
            @Said("Without the query; topic/partition/offset of a record.") String path,
            @Said("499 when the client had gone; 0 for a record.") int status,
            @Said(
                            "succeeded, failed, trapped, deadline, cpu, cancelled, output_exceeded, broken,"
                                    + " refused or not_run.")
                    String outcome,
            @Said("Only of a guest that exited.") Optional<Integer> exitCode,
            @Said("Why, when there is something to say.") String detail,
            @Said("Microseconds, from the head to the answer's end.") long totalUs,
            @Said("Microseconds until the run began.") long queuedUs,
            @Said("Of those, until the function was back from the cold tier.") long wakeUs,
            @Said("Microseconds in the guest.") long guestUs,
            @Said("4 KiB pages it wrote to.") int dirtyPages,
            @Said("The most linear memory it had.") long memoryBytes,
            String traceId,
            @Said("Whether it can be looked at whole and sent again.") boolean recorded) {}

    /** A request with what was sent and answered. */
    record Detail(Item activation, Optional<Sent> request, Optional<Given> answer) {}

    /** A field of a head. */
    record Header(String name, @Said("(hidden) where it may be a secret.") String value) {}

    /** A body, or its beginning. */
    record Text(
            @Said("Text, or Base64.") String content,
            @Said("text or base64.") String encoding,
            @Said("Whether that is all of it.") boolean whole) {}

    /** A request as it was sent. */
    record Sent(String method, String target, List<Header> headers, Text body) {}

    /** An answer. */
    record Given(int status, List<Header> headers, Text body) {}

    /** What a request was answered then and now. */
    record Replay(
            Given recorded,
            Given replayed,
            @Said("Whether status and body are the same.") boolean same) {}

    static Item of(String gateway, Activation activation) {
        Activation.Place place = activation.place();
        Activation.Spent spent = activation.spent();
        Activation.End end = activation.end();
        return new Item(
                activation.id(),
                gateway,
                activation.at(),
                place.app(),
                place.revision(),
                place.function(),
                place.route(),
                activation.method(),
                activation.path(),
                activation.status(),
                end.outcome(),
                end.exitCode() < 0 ? Optional.empty() : Optional.of(end.exitCode()),
                end.detail(),
                micros(spent.totalNanos()),
                micros(spent.queuedNanos()),
                micros(spent.wakeNanos()),
                micros(spent.guestNanos()),
                spent.dirtyPages(),
                spent.memoryBytes(),
                activation.traceId(),
                activation.recorded());
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    static Sent of(Recorded.Request request) {
        return new Sent(
                request.method(),
                request.target(),
                headers(request.fields()),
                text(request.body()));
    }

    static Given of(Recorded.Answer answer) {
        return new Given(answer.status(), headers(answer.fields()), text(answer.body()));
    }

    private static List<Header> headers(List<Recorded.Field> fields) {
        return fields.stream().map(field -> new Header(field.name(), field.value())).toList();
    }

    /** As text where it is some: what was cut may end within a character. */
    private static Text text(Recorded.Body body) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body.bytes()))
                            .toString();
            return new Text(text, "text", body.whole());
        } catch (CharacterCodingException _) { // then it is no text, and shown as bytes
            String bytes = Base64.getEncoder().encodeToString(body.bytes());
            return new Text(bytes, "base64", body.whole());
        }
    }
}
