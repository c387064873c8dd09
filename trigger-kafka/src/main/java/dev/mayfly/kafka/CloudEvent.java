package dev.mayfly.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mayfly.pool.StringBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes of a structured CloudEvent (application/cloudevents+json), as variables. Its data
 * is passed over; the function finds it in the value.
 */
final class CloudEvent {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String MEDIA_TYPE = "application/cloudevents+json";

    private final RenderedStrings variables;

    private CloudEvent(Map<String, String> attributes) {
        List<String> strings = new ArrayList<>(attributes.size());
        attributes.forEach((name, value) -> strings.add(name + "=" + value));
        variables = new RenderedStrings(strings);
    }

    /** {@return whether a value of this media type is one} */
    static boolean isMediaType(byte[] type) {
        if (type.length < MEDIA_TYPE.length()) {
            return false;
        }
        String text = new String(type, StandardCharsets.UTF_8);
        int semicolon = text.indexOf(';');
        String bare = semicolon < 0 ? text : text.substring(0, semicolon);
        return bare.strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    /**
     * Reads one.
     *
     * @throws IOException if the value is no JSON object; the message says where
     */
    static CloudEvent read(byte[] value) throws IOException {
        Map<String, String> attributes = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                attribute(json, attributes);
            }
            if (json.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
        }
        return new CloudEvent(attributes);
    }

    private static void attribute(JsonParser json, Map<String, String> attributes)
            throws IOException {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        boolean data = name.equals("data") || name.equals("data_base64");
        if (token == null || data || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            json.skipChildren();
            return;
        }
        String text = json.getText();
        String variable = "CE_" + HeaderVariables.variable(name, 0);
        if (text.indexOf('\0') < 0) {
            attributes.put(variable, text);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            attributes.put(variable + "_BASE64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** {@return bytes of all variables, NULs included} */
    int length() {
        return variables.length();
    }

    void appendTo(StringBlock block) {
        variables.appendTo(block);
    }
}
