package dev.mayfly.gateway;

import java.util.List;

/**
 * A request and its answer, as they were kept.
 *
 * @param request what was sent
 * @param answer what was answered
 */
public record Recorded(Request request, Answer answer) {
    /**
     * A field.
     *
     * @param name lower-case
     * @param value as sent; {@link #HIDDEN} where it may be a secret
     */
    public record Field(String name, String value) {
        /** Stands for a value that is not kept. */
        public static final String HIDDEN = "(hidden)";

        /** {@return whether the value was kept} */
        public boolean isKept() {
            return !value.equals(HIDDEN);
        }
    }

    /**
     * A body.
     *
     * @param bytes what was kept of it
     * @param whole whether that is all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Body(byte[] bytes, boolean whole) {}

    /**
     * What was sent.
     *
     * @param method as sent
     * @param target as sent, the query included
     * @param fields of the head
     * @param body of the request
     */
    public record Request(String method, String target, List<Field> fields, Body body) {
        /** Copies the list in. */
        public Request {
            fields = List.copyOf(fields);
        }
    }

    /**
     * What was answered.
     *
     * @param status of the answer
     * @param fields of the head, the gateway's own left out
     * @param body of the answer
     */
    public record Answer(int status, List<Field> fields, Body body) {
        /** Copies the list in. */
        public Answer {
            fields = List.copyOf(fields);
        }
    }
}
