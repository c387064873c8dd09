package dev.mayfly.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;

/** {@code GET /c} with the variables of a real request; what the guest answers is dropped. */
final class BenchRequest implements Rehearsal {
    private static final String VARIABLES =
            """
            GATEWAY_INTERFACE=CGI/1.1
            SERVER_SOFTWARE=Mayfly/0.1.0
            SERVER_PROTOCOL=HTTP/1.1
            SERVER_NAME=127.0.0.1
            SERVER_PORT=3000
            REQUEST_METHOD=GET
            SCRIPT_NAME=/c
            PATH_INFO=
            PATH_TRANSLATED=
            X_RAW_PATH_INFO=
            QUERY_STRING=
            REMOTE_ADDR=127.0.0.1
            REMOTE_HOST=127.0.0.1
            REMOTE_PORT=40000
            X_MATCHED_ROUTE=/c
            X_COMPONENT_ROUTE=/c
            X_BASE_PATH=/
            X_CLIENT_ADDR=127.0.0.1:40000
            X_FULL_URL=http://127.0.0.1:3000/c
            X_REQUEST_ID=00000000000000000000000000000000
            TRACEPARENT=00-00000000000000000000000000000001-0000000000000001-01
            HTTP_HOST=127.0.0.1:3000
            """;

    private static final byte[] RENDERED = VARIABLES.replace('\n', '\0').getBytes(US_ASCII);
    private static final int[] OFFSETS = offsets();
    private static final byte[] ARGUMENT = {'/', 'c', 0};
    private static final int[] FIRST = {0};

    private static int[] offsets() {
        return VARIABLES
                .lines()
                .mapToInt(VARIABLES::indexOf) // no line is a part of an earlier one
                .toArray();
    }

    @Override
    public String requestId() {
        return "00000000000000000000000000000000";
    }

    @Override
    public void environment(StringBlock block) {
        block.append(RENDERED, OFFSETS);
    }

    @Override
    public void arguments(StringBlock block) {
        block.append(ARGUMENT, FIRST);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return -1;
    }

    @Override
    public void write(byte[] from, int offset, int length) {}

    @Override
    public void logLine(String line) {}

    @Override
    public void tick(long nanoTime) {}

    @Override
    public void finished(Outcome outcome, Evidence evidence) {}

    @Override
    public String description() {
        return "GET /c";
    }

    @Override
    public Optional<String> complaint() {
        return Optional.empty();
    }
}
