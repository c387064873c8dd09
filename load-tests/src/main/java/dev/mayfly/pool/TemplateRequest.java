package dev.mayfly.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mayfly.manifest.ArgvTemplate.Part;
import dev.mayfly.manifest.ArgvTemplate.Word;
import dev.mayfly.manifest.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code GET /} as a gateway would ask a template, whose answer is kept until the next one. */
final class TemplateRequest implements Rehearsal {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final int MOST_ANSWER = 4096;

    private static final List<String> OF_THE_REQUEST =
            List.of(
                    "GATEWAY_INTERFACE=CGI/1.1",
                    "SERVER_SOFTWARE=Mayfly/0.1.0",
                    "SERVER_PROTOCOL=HTTP/1.1",
                    "SERVER_NAME=127.0.0.1",
                    "SERVER_PORT=3000",
                    "REQUEST_METHOD=GET",
                    "SCRIPT_NAME=",
                    "PATH_INFO=/",
                    "PATH_TRANSLATED=/",
                    "X_RAW_PATH_INFO=/",
                    "QUERY_STRING=",
                    "REMOTE_ADDR=127.0.0.1",
                    "REMOTE_HOST=127.0.0.1",
                    "REMOTE_PORT=40000",
                    "AUTH_TYPE=",
                    "REMOTE_USER=",
                    "X_MATCHED_ROUTE=/...",
                    "X_RAW_COMPONENT_ROUTE=/...",
                    "X_COMPONENT_ROUTE=/",
                    "X_BASE_PATH=/",
                    "X_CLIENT_ADDR=127.0.0.1:40000",
                    "X_FULL_URL=http://127.0.0.1:3000/",
                    "X_REQUEST_ID=" + ID,
                    "TRACEPARENT=00-" + ID + "-0123456789abcdef-01",
                    "HTTP_HOST=127.0.0.1:3000",
                    "HTTP_USER_AGENT=curl/8.14.1",
                    "HTTP_ACCEPT=*/*");

    private final Strings environment;
    private final Strings arguments;
    private final byte[] answer = new byte[MOST_ANSWER];
    private int answered;

    TemplateRequest(FunctionSpec spec) {
        List<String> variables = new ArrayList<>(OF_THE_REQUEST);
        for (Map.Entry<String, String> own : spec.environment().entrySet()) {
            variables.add(own.getKey() + "=" + own.getValue());
        }
        environment = Strings.of(variables);
        List<String> words = new ArrayList<>();
        for (Word word : spec.argv().words()) {
            if (word instanceof Word.Text(List<Part> parts)) { // the query has no items
                words.add(parts.stream().map(TemplateRequest::text).collect(Collectors.joining()));
            }
        }
        arguments = Strings.of(words);
    }

    private static String text(Part part) {
        return switch (part) {
            case Part.Literal(String text) -> text;
            case Part.ScriptName _ -> "/";
        };
    }

    /** Strings as a guest gets them, and where each begins. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Strings(byte[] rendered, int[] offsets) {
        static Strings of(List<String> strings) {
            int[] offsets = new int[strings.size()];
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = all.toString().getBytes(UTF_8).length;
                all.append(strings.get(i)).append('\0');
            }
            return new Strings(all.toString().getBytes(UTF_8), offsets);
        }
    }

    /** Forgets the last answer. */
    void begin() {
        answered = 0;
    }

    int answeredBytes() {
        return answered;
    }

    String answer() {
        return new String(answer, 0, answered, UTF_8);
    }

    @Override
    public String requestId() {
        return ID;
    }

    @Override
    public void environment(StringBlock block) {
        block.append(environment.rendered, environment.offsets);
    }

    @Override
    public void arguments(StringBlock block) {
        block.append(arguments.rendered, arguments.offsets);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return -1;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, answer, answered, length); // a longer one ends the run
        answered += length;
    }

    @Override
    public void logLine(String line) {
        throw new IllegalStateException("logged: " + line);
    }

    @Override
    public void tick(long nanoTime) {}

    @Override
    public void finished(Outcome outcome, Evidence evidence) {}

    @Override
    public String description() {
        return "GET /";
    }

    @Override
    public Optional<String> complaint() {
        return Optional.empty();
    }
}
