package dev.mayfly.kafka;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record's headers as variables. A first pass looks whether two of them may become one
 * variable; nearly always none do, and the second pass writes each where it stands. Otherwise they
 * are joined by name first.
 */
final class HeaderVariables {
    private static final byte[] FIELD = "KAFKA_HEADER_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ATTRIBUTE = "CE_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_TYPE = Variables.name("CONTENT_TYPE");
    private static final byte[] DATA_CONTENT_TYPE = Variables.name("CE_DATACONTENTTYPE");
    private static final byte[] NOTHING = {};
    private static final int ATTRIBUTE_AT = "ce_".length();

    private final Headers headers;
    private final boolean attributes;
    private final Variables out;

    private HeaderVariables(Headers headers, boolean attributes, Variables out) {
        this.headers = headers;
        this.attributes = attributes;
        this.out = out;
    }

    /**
     * Writes all of them.
     *
     * @param attributes whether headers {@code ce_…} are attributes of a CloudEvent
     */
    static void write(Headers headers, boolean attributes, Variables out) {
        new HeaderVariables(headers, attributes, out).write();
    }

    /** {@return the media type of the value, as its header says; null without one} */
    static byte @Nullable [] contentType(Headers headers) {
        byte[] type = null;
        for (Header header : headers) {
            if (header.key().equalsIgnoreCase("content-type")) {
                type = value(header);
            }
        }
        return type != null && Octets.isText(type) ? type : null;
    }

    private void write() {
        byte[] type = contentType(headers);
        if (type != null) {
            out.put(CONTENT_TYPE, type);
        }
        Survey survey = new Survey();
        for (Header header : headers) {
            survey.see(header);
        }
        if (survey.complicated) {
            writeJoined();
        } else {
            writeEach();
        }
        if (type != null && attributes && survey.event && !survey.dataContentType) {
            out.put(DATA_CONTENT_TYPE, type);
        }
    }

    private void writeEach() {
        for (Header header : headers) {
            out.header(FIELD, header.key(), 0, value(header));
            if (attributes && isAttribute(header.key())) {
                out.header(ATTRIBUTE, header.key(), ATTRIBUTE_AT, value(header));
            }
        }
    }

    private void writeJoined() {
        Map<String, ByteArrayOutputStream> joined = new LinkedHashMap<>();
        for (Header header : headers) {
            join(joined, "KAFKA_HEADER_" + variable(header.key(), 0), value(header));
            if (attributes && isAttribute(header.key())) {
                join(joined, "CE_" + variable(header.key(), ATTRIBUTE_AT), value(header));
            }
        }
        joined.forEach((name, value) -> out.put(Variables.name(name), value.toByteArray()));
    }

    private static void join(Map<String, ByteArrayOutputStream> joined, String name, byte[] value) {
        boolean text = Octets.isText(value);
        String variable = text ? name : name + "_BASE64";
        ByteArrayOutputStream whole = joined.get(variable);
        if (whole == null) {
            whole = new ByteArrayOutputStream();
            joined.put(variable, whole);
        } else {
            whole.write(',');
            whole.write(' ');
        }
        whole.writeBytes(text ? value : Base64.getEncoder().encode(value));
    }

    static String variable(String name, int from) {
        StringBuilder variable = new StringBuilder(name.length());
        for (int i = from; i < name.length(); i++) {
            variable.append((char) Octets.variable(name.charAt(i)));
        }
        return variable.toString();
    }

    private static byte[] value(Header header) {
        byte[] value = header.value();
        return value == null ? NOTHING : value;
    }

    /** The Kafka protocol binding of CloudEvents, binary mode. */
    private static boolean isAttribute(String name) {
        return name.length() > ATTRIBUTE_AT && name.startsWith("ce_");
    }

    /**
     * Compares a hash of each variable's name with those before it: a chance hit costs only time.
     */
    private static final class Survey {
        private static final int MOST = 32;

        private final int[] hashes = new int[MOST];
        private int count;
        private boolean complicated;
        private boolean event;
        private boolean dataContentType;

        void see(Header header) {
            String name = header.key();
            if (isAttribute(name)) {
                event = true;
                dataContentType |= name.equalsIgnoreCase("ce_datacontenttype");
            }
            // What is not text has a suffix, which might be another header's own.
            if (complicated || count == MOST || !Octets.isText(value(header))) {
                complicated = true;
                return;
            }
            int hash = 0;
            for (int i = 0; i < name.length(); i++) {
                hash = 31 * hash + Octets.variable(name.charAt(i));
            }
            for (int i = 0; i < count; i++) {
                complicated |= hashes[i] == hash;
            }
            hashes[count++] = hash;
        }
    }
}
