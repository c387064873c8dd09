package dev.mayfly.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A call that no request made: a start function, an initialiser or {@code _routes}. It has no
 * arguments and no input, and of the environment only what app.toml gives the function; what it
 * writes goes to {@code lines}, line by line.
 */
final class LoadCall implements Invocation {
    private static final int LONGEST_LINE = 8 << 10;

    /** Nothing that is said at load is worth more. */
    private static final int MOST = 256 << 10;

    private final Map<String, String> environment;
    private final Consumer<String> errors;
    private final Consumer<String> lines;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private int written;

    /** A call whose standard output goes to {@code lines}, its standard error to {@code errors}. */
    LoadCall(Map<String, String> environment, Consumer<String> lines, Consumer<String> errors) {
        this.environment = environment;
        this.lines = lines;
        this.errors = errors;
    }

    @Override
    public String requestId() {
        return "load";
    }

    @Override
    public void environment(StringBlock block) {
        environment.forEach((name, value) -> append(name + '=' + value + '\0', block));
    }

    private static void append(String variable, StringBlock block) {
        byte[] bytes = variable.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block.room(bytes.length), block.end(), bytes.length);
        block.accept(bytes.length);
    }

    @Override
    public void arguments(StringBlock block) {}

    @Override
    public int read(byte[] into, int offset, int length) {
        return -1;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (length > MOST - written) {
            throw new IOException("wrote more than " + MOST + " bytes while it was loaded");
        }
        written += length;
        for (int i = offset; i < offset + length; i++) {
            if (from[i] == '\n') {
                flush();
            } else {
                add(from[i]);
            }
        }
    }

    private void add(byte next) {
        if (length == LONGEST_LINE) {
            flush();
        }
        line[length++] = next;
    }

    private void flush() {
        lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
        length = 0;
    }

    /** Hands over a last line without an end. */
    void end() {
        if (length > 0) {
            flush();
        }
    }

    @Override
    public void logLine(String text) {
        errors.accept(text);
    }

    @Override
    public void tick(long nanoTime) {}

    @Override
    public void finished(Outcome outcome, Evidence evidence) {}
}
