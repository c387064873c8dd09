package dev.mayfly.gateway;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request to the admin listener: well-formed, and meant for this server.
 *
 * @param id names it in the answer and in the log
 * @param method as sent
 * @param target where to
 * @param fields by lower-case name, in the order received
 * @param body whole and bounded; read by the handler only, so that a refused caller's never gets
 *     into memory
 */
public record AdminRequest(
        String id, String method, Target target, Map<String, List<String>> fields, Body body) {
    /** Copies the fields in. */
    public AdminRequest {
        fields = Map.copyOf(fields);
    }

    /**
     * {@return the value of a field; empty when it was not sent, or not exactly once}
     *
     * @param name in any case
     */
    public Optional<String> field(String name) {
        List<String> values = fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /**
     * {@return whether a field was sent, once or more}
     *
     * @param name in any case
     */
    public boolean has(String name) {
        return fields.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /**
     * The two parts of a request's target.
     *
     * @param path begins with a slash; as sent, escapes and all
     * @param query as sent, without its question mark; empty when there is none
     */
    public record Target(String path, String query) {
        /** {@return both, as sent} */
        @Override
        public String toString() {
            return query.isEmpty() ? path : path + "?" + query;
        }
    }

    /**
     * A body.
     *
     * @param length in bytes
     * @param bytes read once
     */
    public record Body(long length, InputStream bytes) {}
}
