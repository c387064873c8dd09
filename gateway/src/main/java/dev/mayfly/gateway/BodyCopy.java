package dev.mayfly.gateway;

import java.io.ByteArrayOutputStream;

/** The beginning of a body, as it passes by. Any thread; one writes, another may look. */
final class BodyCopy {
    /** So much of a body is kept. */
    static final int MOST_KEPT = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean cut;
    private boolean complete;

    synchronized void add(byte[] from, int offset, int length) {
        int room = MOST_KEPT - bytes.size();
        bytes.write(from, offset, Math.min(room, length));
        cut |= length > room;
    }

    /** There was more than is kept. */
    synchronized void cut() {
        cut = true;
    }

    /** Nothing more comes. */
    synchronized void complete() {
        complete = true;
    }

    synchronized Recorded.Body body() {
        return new Recorded.Body(bytes.toByteArray(), complete && !cut);
    }
}
