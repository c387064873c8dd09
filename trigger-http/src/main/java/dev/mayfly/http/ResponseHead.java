package dev.mayfly.http;

import java.util.List;

/**
 * An answer's status and fields, hop-by-hop fields, {@code Date}, {@code Server} and {@code
 * X-Request-Id} left out. One instance may serve many answers.
 *
 * @param status 200 to 599
 * @param fields in order, repeated ones repeated
 */
public record ResponseHead(int status, List<Field> fields) {
    /** Copies the list in. */
    public ResponseHead {
        fields = List.copyOf(fields);
    }

    /**
     * One field. Text comes from {@link HttpSettings#text()}, so that the gateway can send it
     * without encoding it again.
     *
     * @param name lower-case
     * @param value a char a byte
     */
    public record Field(CharSequence name, CharSequence value) {}
}
