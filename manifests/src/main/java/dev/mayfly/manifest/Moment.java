package dev.mayfly.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A point in time: TOML's own, or text as RFC 3339 has it. */
record Moment() implements Shape<Instant> {
    @Override
    public @Nullable Instant read(Node node, KeyPath path, Findings findings) {
        return switch (node) {
            case Node.Scalar(_, OffsetDateTime moment) -> moment.toInstant();
            case Node.Scalar(_, String text) -> read(text, node, path, findings);
            default -> refuse(node, path, findings, "write it with its offset, or Z");
        };
    }

    private @Nullable Instant read(String text, Node node, KeyPath path, Findings findings) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return refuse(node, path, findings, "write it with its offset, or Z");
        }
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "format", "date-time");
    }

    @Override
    public String noun() {
        return "a point in time";
    }

    @Override
    public String expected() {
        return "one such as 2026-01-31T12:00:00Z";
    }
}
