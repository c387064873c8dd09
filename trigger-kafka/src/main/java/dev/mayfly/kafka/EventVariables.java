package dev.mayfly.kafka;

import static dev.mayfly.kafka.Variables.name;

import dev.mayfly.kafka.Examined.Poison;
import dev.mayfly.kafka.Examined.Sound;
import dev.mayfly.manifest.ArgvTemplate;
import dev.mayfly.manifest.ArgvTemplate.Part;
import dev.mayfly.manifest.ArgvTemplate.Word;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.pool.StringBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Tells a function about records: environment and arguments, docs/kafka.md. What is the same for
 * every record is rendered once, here; the rest goes from the record's own bytes into the guest's
 * block without a copy between. Safe for any thread.
 */
final class EventVariables {
    /** Most bytes that one record adds to the environment. */
    static final int MOST_ADDED = 64 << 10;

    private static final byte[] X_REQUEST_ID = name("X_REQUEST_ID");
    private static final byte[] TRACEPARENT = name("TRACEPARENT");
    private static final byte[] TRACESTATE = name("TRACESTATE");
    private static final byte[] TOPIC = name("KAFKA_TOPIC");
    private static final byte[] PARTITION = name("KAFKA_PARTITION");
    private static final byte[] OFFSET = name("KAFKA_OFFSET");
    private static final byte[] TIMESTAMP = name("KAFKA_TIMESTAMP");
    private static final byte[] TIMESTAMP_TYPE = name("KAFKA_TIMESTAMP_TYPE");
    private static final byte[] KEY = name("KAFKA_KEY");
    private static final byte[] KEY_BASE64 = name("KAFKA_KEY_BASE64");
    private static final byte[] TOMBSTONE = name("KAFKA_TOMBSTONE");
    private static final byte[] ATTEMPT = name("KAFKA_ATTEMPT");
    private static final byte[] CONTENT_LENGTH = name("CONTENT_LENGTH");
    private static final byte[] UNNAMED = {};

    // Room for what every record has, and around each header; generous, it only spares a count.
    private static final int USUAL = 1 << 10;
    private static final int AROUND_HEADER = 64;

    private final ArgvTemplate argv;
    private final long mostValue;
    private final RenderedStrings constants;

    EventVariables(String serverSoftware, FunctionSpec spec, String group) {
        argv = spec.argv();
        mostValue = spec.limits().requestBodyBytes();
        List<String> strings = new ArrayList<>();
        strings.add("GATEWAY_INTERFACE=CGI/1.1");
        strings.add("SERVER_SOFTWARE=" + serverSoftware);
        strings.add("REQUEST_METHOD=EVENT");
        strings.add("KAFKA_GROUP=" + group);
        spec.environment().forEach((key, value) -> strings.add(key + "=" + value));
        constants = new RenderedStrings(strings);
    }

    /** Looks once, before the first attempt, whether the function can be told of the record. */
    Examined examine(ConsumerRecord<byte[], byte[]> record, EventIdentity identity) {
        byte[] value = record.value();
        if (value != null && value.length > mostValue) {
            return new Poison(
                    "the value has "
                            + value.length
                            + " bytes, more than the function's request_body: "
                            + mostValue);
        }
        CloudEvent event = null;
        byte[] type = HeaderVariables.contentType(record.headers());
        if (value != null && type != null && CloudEvent.isMediaType(type)) {
            try {
                event = CloudEvent.read(value);
            } catch (IOException e) {
                return new Poison(
                        "the value is no CloudEvent, as its content-type says: " + flaw(e));
            }
        }
        return fits(record, identity, event)
                ? new Sound(event)
                : new Poison(
                        "key and headers take more than " + MOST_ADDED + " bytes of environment");
    }

    /** Without the place in the source, which Jackson puts on lines of its own. */
    private static String flaw(IOException e) {
        String message = String.valueOf(e.getMessage());
        int line = message.indexOf('\n');
        return line < 0 ? message : message.substring(0, line);
    }

    /** Nearly always an estimate from above tells. */
    private boolean fits(
            ConsumerRecord<byte[], byte[]> record,
            EventIdentity identity,
            @Nullable CloudEvent event) {
        long most = (long) USUAL + record.topic().length() + identity.traceState().length();
        most += record.key() == null ? 0 : 2L * record.key().length;
        most += event == null ? 0 : event.length();
        for (Header header : record.headers()) {
            int value = header.value() == null ? 0 : header.value().length;
            most += 3L * (AROUND_HEADER + header.key().length() + 2L * value);
        }
        return most <= MOST_ADDED || added(record, identity, event) <= MOST_ADDED;
    }

    private long added(
            ConsumerRecord<byte[], byte[]> record,
            EventIdentity identity,
            @Nullable CloudEvent event) {
        MeasuredBlock block = new MeasuredBlock();
        environment(block, record, identity, new Attempt(Integer.MAX_VALUE, 0), event);
        return block.length() - constants.length();
    }

    /**
     * Which run of a record's it is.
     *
     * @param number from 1
     * @param span its id in the record's trace
     */
    record Attempt(int number, long span) {}

    /**
     * Writes the environment.
     *
     * @param event as {@link #examine} found it
     */
    void environment(
            StringBlock block,
            ConsumerRecord<byte[], byte[]> record,
            EventIdentity identity,
            Attempt attempt,
            @Nullable CloudEvent event) {
        constants.appendTo(block);
        Variables out = new Variables(block);
        out.ascii(X_REQUEST_ID, identity.requestId());
        out.ascii(TRACEPARENT, identity.trace().traceParent(attempt.span()));
        if (!identity.traceState().isEmpty()) {
            out.ascii(TRACESTATE, identity.traceState());
        }
        place(out, record);
        out.put(ATTEMPT, attempt.number());
        key(out, record.key());
        value(out, record.value());
        HeaderVariables.write(record.headers(), event == null, out);
        if (event != null) {
            event.appendTo(block);
        }
    }

    private static void place(Variables out, ConsumerRecord<byte[], byte[]> record) {
        out.ascii(TOPIC, record.topic());
        out.put(PARTITION, record.partition());
        out.put(OFFSET, record.offset());
        switch (record.timestampType()) {
            case CREATE_TIME -> timestamp(out, record.timestamp(), "CreateTime");
            case LOG_APPEND_TIME -> timestamp(out, record.timestamp(), "LogAppendTime");
            case NO_TIMESTAMP_TYPE -> {}
        }
    }

    private static void timestamp(Variables out, long millis, String type) {
        out.put(TIMESTAMP, millis);
        out.ascii(TIMESTAMP_TYPE, type);
    }

    private static void key(Variables out, byte @Nullable [] key) {
        if (key == null) {
            return;
        }
        if (Octets.isText(key)) {
            out.put(KEY, key);
        } else {
            out.put(KEY_BASE64, Base64.getEncoder().encode(key));
        }
    }

    private static void value(Variables out, byte @Nullable [] value) {
        out.put(CONTENT_LENGTH, value == null ? 0 : value.length);
        if (value == null) {
            out.ascii(TOMBSTONE, "1");
        }
    }

    /** Writes the arguments: the template's script name is the topic, and there is no query. */
    void arguments(StringBlock block, ConsumerRecord<byte[], byte[]> record) {
        Variables out = new Variables(block);
        for (Word word : argv.words()) {
            switch (word) {
                case Word.Text text -> out.put(UNNAMED, joined(text, record.topic()));
                case Word.QueryItems _ -> {}
            }
        }
    }

    private static byte[] joined(Word.Text word, String topic) {
        StringBuilder joined = new StringBuilder();
        for (Part part : word.parts()) {
            switch (part) {
                case Part.Literal(String text) -> joined.append(text);
                case Part.ScriptName() -> joined.append(topic);
            }
        }
        return joined.toString().getBytes(StandardCharsets.UTF_8);
    }
}
