package dev.mayfly.http;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a file is answered, after conditions and ranges (RFC 9110, sections 13 and 14).
 *
 * @param status 200, 206, 304, 416, or what was asked for
 * @param offset of the first byte
 * @param length bytes of body
 */
record FileReply(int status, long offset, long length) {

    /** {@code status} is 200, or that of an error page, which takes no conditions. */
    static FileReply to(HeaderFields request, Representation file, int status) {
        FileReply whole = new FileReply(status, 0, file.size());
        if (status != 200) {
            return whole;
        }
        if (isKnown(request, file)) {
            return new FileReply(304, 0, 0);
        }
        CharSequence range = request.first("range");
        if (range == null || !isRangeMeant(request.first("if-range"), file)) {
            return whole;
        }
        return switch (ByteRange.read(range.toString(), file.size())) {
            case ByteRange.Part(long offset, long length) -> new FileReply(206, offset, length);
            case ByteRange.Unsatisfiable() -> new FileReply(416, 0, 0);
            case ByteRange.Ignored() -> whole;
        };
    }

    private static boolean isKnown(HeaderFields request, Representation file) {
        CharSequence tags = request.first("if-none-match");
        if (tags != null) {
            return names(tags.toString(), file.etag());
        }
        CharSequence since = request.first("if-modified-since");
        return since != null
                && HttpDate.read(since.toString())
                        .filter(date -> !file.lastModified().isAfter(date))
                        .isPresent();
    }

    private static boolean names(String tags, String etag) {
        for (String tag : tags.split(",", -1)) {
            String plain = tag.strip();
            if (plain.equals("*") || plain.equals(etag) || plain.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRangeMeant(@Nullable CharSequence condition, Representation file) {
        if (condition == null) {
            return true;
        }
        String text = condition.toString().strip();
        Optional<Instant> date = HttpDate.read(text);
        return date.map(file.lastModified()::equals).orElse(text.equals(file.etag()));
    }
}
