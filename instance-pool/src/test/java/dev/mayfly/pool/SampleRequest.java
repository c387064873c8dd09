package dev.mayfly.pool;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A GET request as a trigger would make it, which keeps what it is answered. */
final class SampleRequest implements Rehearsal {
    private final String path;
    private final String query;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> log = new ArrayList<>();
    private Optional<Outcome> outcome = Optional.empty();

    SampleRequest(String path) {
        this(path, "");
    }

    SampleRequest(String path, String query) {
        this.path = path;
        this.query = query;
    }

    @Override
    public String description() {
        return "GET " + path;
    }

    /** A status line of 500 or more in the answer. */
    @Override
    public Optional<String> complaint() {
        return output().startsWith("Status: 5")
                ? Optional.of(output().lines().findFirst().orElseThrow())
                : Optional.empty();
    }

    @Override
    public String requestId() {
        return "sample";
    }

    @Override
    public void environment(StringBlock block) {
        for (String variable :
                List.of(
                        "REQUEST_METHOD=GET",
                        "PATH_INFO=" + path,
                        "QUERY_STRING=" + query,
                        "X_REQUEST_ID=sample")) {
            byte[] bytes = (variable + "\0").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, block.room(bytes.length), block.end(), bytes.length);
            block.accept(bytes.length);
        }
    }

    @Override
    public void arguments(StringBlock block) {}

    @Override
    public int read(byte[] into, int offset, int length) {
        return -1;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        output.write(from, offset, length);
    }

    @Override
    public void logLine(String line) {
        log.add(line);
    }

    @Override
    public void tick(long nanoTime) {}

    @Override
    public void finished(Outcome ended, Evidence evidence) {
        outcome = Optional.of(ended);
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    List<String> log() {
        return List.copyOf(log);
    }
}
