package dev.mayfly.load;

import java.util.function.Predicate;

/**
 * A request and what its answer must be.
 *
 * @param request as it goes over the wire
 * @param right whether an answer is the right one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Ask(byte[] request, Predicate<Answer> right) {
    /** A {@code GET} that must be answered 200 with exactly {@code body}. */
    static Ask get(String host, String target, String body) {
        return new Ask(
                Wire.get(host, target),
                answer -> answer.status() == 200 && answer.text().equals(body));
    }
}
