package dev.mayfly.server;

import dev.mayfly.gateway.AdminRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the body of an upload belongs.
 *
 * @param offset of its first byte
 * @param size of the whole
 */
record Piece(long offset, long size) {
    private static final Pattern RANGE =
            Pattern.compile("bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})");

    /** {@return where the body belongs; empty when its range is none, or none of this body} */
    static Optional<Piece> read(AdminRequest request) {
        long length = request.body().length();
        if (!request.has("content-range")) {
            return Optional.of(new Piece(0, length));
        }
        return request.field("content-range")
                .map(RANGE::matcher)
                .filter(Matcher::matches)
                .flatMap(range -> placed(range, length));
    }

    private static Optional<Piece> placed(Matcher range, long length) {
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        long size = Long.parseLong(range.group(3));
        return last < size && last - first + 1 == length && length > 0
                ? Optional.of(new Piece(first, size))
                : Optional.empty();
    }
}
