package dev.mayfly.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the admin API.
 *
 * @param method the method
 * @param path with its query
 * @param body bytes and what they are, if any
 * @param headers beside those every request has
 * @param patience how long the answer may take
 */
record Call(
        String method,
        String path,
        Optional<Body> body,
        Map<String, String> headers,
        Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /**
     * What a request carries.
     *
     * @param type its media type
     * @param bytes owned by this
     */
    @SuppressWarnings("ArrayRecordComponent") // pieces of files: a copy each would double them
    record Body(String type, byte[] bytes) {
        static Body json(Object value) {
            return new Body("application/json", Wire.bytes(value));
        }

        static Body bytes(byte[] bytes) {
            return new Body("application/octet-stream", bytes);
        }
    }

    Call {
        headers = Map.copyOf(headers);
    }

    static Call get(String path) {
        return bare("GET", path);
    }

    static Call bare(String method, String path) {
        return new Call(method, path, Optional.empty(), Map.of(), USUAL);
    }

    static Call of(String method, String path, Body body) {
        return new Call(method, path, Optional.of(body), Map.of(), USUAL);
    }

    Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, body, more, patience);
    }

    Call within(Duration longer) {
        return new Call(method, path, body, headers, longer);
    }
}
