package dev.mayfly.gateway;

import java.io.InputStream;
import java.util.Map;

/**
 * An answer of the admin API. The gateway adds {@code Date}, {@code Server} and {@code
 * X-Request-Id}.
 *
 * @param status 200 to 599
 * @param fields by lower-case name; each a line of visible ASCII
 * @param content what follows the head
 */
public record AdminAnswer(int status, Map<String, String> fields, Content content) {
    /** Copies the fields in. */
    public AdminAnswer {
        fields = Map.copyOf(fields);
    }

    /** What follows the head. */
    public sealed interface Content {
        /**
         * All of it.
         *
         * @param bytes taken over
         */
        @SuppressWarnings("ArrayRecordComponent") // nobody compares answers
        record Whole(byte[] bytes) implements Content {}

        /**
         * Read while it is sent. One that fails breaks the answer off.
         *
         * @param length in bytes
         * @param bytes closed by the gateway
         */
        record Streamed(long length, InputStream bytes) implements Content {}
    }
}
