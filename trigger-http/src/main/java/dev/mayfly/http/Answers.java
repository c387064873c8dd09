package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sends answers that are known whole, and problem documents (RFC 9457). */
final class Answers {
    private static final byte[] NOTHING = {};

    private final UnaryOperator<CharSequence> text;

    Answers(UnaryOperator<CharSequence> text) {
        this.text = text;
    }

    Field field(String name, String value) {
        return new Field(text.apply(name), text.apply(value));
    }

    /** {@return whether an answer of this status has a body at all} */
    static boolean carriesBody(int status) {
        return status != 204 && status != 304;
    }

    /** {@return {@code head} with one more field} */
    ResponseHead with(ResponseHead head, String name, String value) {
        List<Field> fields = new ArrayList<>(head.fields());
        fields.add(field(name, value));
        return new ResponseHead(head.status(), fields);
    }

    /** {@return {@code head} as the answer to a HEAD request carries it} */
    ResponseHead withLength(ResponseHead head, long length) {
        return carriesBody(head.status())
                ? with(head, "content-length", Long.toString(length))
                : head;
    }

    void send(Exchange exchange, ResponseHead head, byte[] body, int offset, int length) {
        if (!carriesBody(head.status())) {
            exchange.respond(head, NOTHING, 0, 0);
        } else if (exchange.head().method().equals("HEAD")) {
            exchange.respond(withLength(head, length), NOTHING, 0, 0);
        } else {
            exchange.respond(head, body, offset, length);
        }
    }

    /**
     * {@code detail} is a sentence the caller may see; {@code extra} goes beside the content type.
     */
    void problem(Exchange exchange, String id, int status, String detail, Field... extra) {
        byte[] document = document(id, status, detail).getBytes(StandardCharsets.UTF_8);
        List<Field> fields = new ArrayList<>(List.of(extra));
        fields.add(field("content-type", "application/problem+json"));
        send(exchange, new ResponseHead(status, fields), document, 0, document.length);
    }

    private static String document(String id, int status, String detail) {
        return "{\"type\":\"about:blank\",\"title\":\""
                + title(status)
                + "\",\"status\":"
                + status
                + ",\"detail\":\""
                + escaped(detail)
                + "\",\"instance\":\"urn:request:"
                + escaped(id)
                + "\"}";
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (Octets.isControl(c)) {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16));
                json.append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> status < 500 ? "Client Error" : "Server Error";
        };
    }
}
