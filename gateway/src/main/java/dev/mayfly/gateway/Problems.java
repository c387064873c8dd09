package dev.mayfly.gateway;

import dev.mayfly.http.ResponseHead;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Problem documents for the few failures that no trigger is asked about. */
final class Problems {
    private static final ResponseHead.Field TYPE =
            field("content-type", "application/problem+json");
    private static final ResponseHead FAILED = new ResponseHead(500, List.of(TYPE));

    private Problems() {}

    static ResponseHead failedHead() {
        return FAILED;
    }

    static ResponseHead.Field field(String name, String value) {
        return new ResponseHead.Field(AsciiString.of(name), AsciiString.of(value));
    }

    /** The head of a document of our own; what is full now may be tried again in a second. */
    static ResponseHead head(int status) {
        return new ResponseHead(
                status, status == 503 ? List.of(TYPE, field("retry-after", "1")) : List.of(TYPE));
    }

    /** {@code detail}: a sentence of ours, without quotation marks. */
    static byte[] document(int status, String detail, String requestId) {
        String title = HttpResponseStatus.valueOf(status).reasonPhrase();
        return document(title, status, detail, requestId);
    }

    static byte[] failed(String requestId) {
        return document("Internal Server Error", 500, "the answer could not be made", requestId);
    }

    /** A whole answer to a client whose request never became one. */
    static byte[] headerTimeout(CharSequence date) {
        String detail = "the request's headers did not arrive in time";
        return answer(408, "Request Timeout", detail, "", date);
    }

    /** A whole answer to a client whose connection is one too many. */
    static byte[] tooManyConnections(CharSequence date) {
        String detail = "the server has as many connections as it may have";
        return answer(503, "Service Unavailable", detail, "retry-after: 1\r\n", date);
    }

    private static byte[] answer(
            int status, String title, String detail, String field, CharSequence date) {
        String id = RequestIds.fresh();
        byte[] body = document(title, status, detail, id);
        String head =
                ("HTTP/1.1 " + status + " " + title + "\r\n" + field)
                        + "content-type: application/problem+json\r\n"
                        + ("content-length: " + body.length + "\r\ndate: " + date + "\r\n")
                        + ("server: Mayfly\r\nx-request-id: " + id + "\r\n")
                        + "connection: close\r\n\r\n";
        byte[] answer = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, answer, 0, head.length());
        System.arraycopy(body, 0, answer, head.length(), body.length);
        return answer;
    }

    private static byte[] document(String title, int status, String detail, String id) {
        String text =
                ("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status)
                        + (",\"detail\":\"" + detail + "\",\"instance\":\"urn:request:" + id)
                        + "\"}";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
