package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What the guest {@code order-rust} does, in Java: as fast as plain Java reads JSON, by token. */
final class OrderWork {
    private final JsonFactory json = new JsonFactory();

    /** Reads an order and answers it. */
    byte[] answer(byte[] value) throws IOException {
        String key = "";
        int number = 0;
        int lines = 0;
        long total = 0;
        try (JsonParser parser = json.createParser(value)) {
            expect(parser, JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "key" -> key = parser.getText();
                    case "number" -> number = parser.getIntValue();
                    case "lines" -> {
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            total += line(parser);
                            lines++;
                        }
                    }
                    default -> skip(parser, token);
                }
            }
        }
        return answer(key, number, lines, total);
    }

    private static long line(JsonParser parser) throws IOException {
        long quantity = 0;
        long price = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "quantity" -> quantity = parser.getLongValue();
                case "price" -> price = parser.getLongValue();
                default -> skip(parser, token);
            }
        }
        return quantity * price;
    }

    private static void skip(JsonParser parser, JsonToken token) throws IOException {
        if (token.isStructStart()) {
            parser.skipChildren();
        }
    }

    private static void expect(JsonParser parser, JsonToken token) throws IOException {
        if (parser.nextToken() != token) {
            throw new IOException(parser.currentToken() + " (expected: " + token + ")");
        }
    }

    /** {@value Orders#ANSWER_BYTES} bytes of JSON, filled up with blanks. */
    static byte[] answer(String key, long number, long lines, long total) {
        StringBuilder text = new StringBuilder(Orders.ANSWER_BYTES);
        text.append("{\"key\":\"").append(key).append("\",\"number\":").append(number);
        text.append(",\"lines\":").append(lines).append(",\"total\":").append(total);
        while (text.length() < Orders.ANSWER_BYTES - 1) {
            text.append(' ');
        }
        return text.append('}').toString().getBytes(UTF_8);
    }
}
