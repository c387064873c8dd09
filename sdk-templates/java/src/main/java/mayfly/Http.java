package mayfly;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.teavm.interop.Address;
import org.teavm.interop.Import;

/**
 * A request and its answer. All there is between the two: a function's request is in its
 * environment and on its standard input, its answer goes to its standard output (CGI, RFC 3875).
 */
public final class Http {
    private Http() {}

    /** Answers a request. What it throws goes to the log, and the caller sees a 502. */
    public interface Handler {
        Response answer(Request request) throws Exception;
    }

    /**
     * A request.
     *
     * @param variables the environment: REQUEST_METHOD, PATH_INFO, HTTP_COOKIE … and the function's
     *     own
     * @param body everything on standard input
     */
    public record Request(Map<String, String> variables, byte[] body) {
        /** A variable, empty if it is not set. */
        public String variable(String name) {
            return variables.getOrDefault(name, "");
        }

        public String method() {
            return variable("REQUEST_METHOD");
        }

        /** What the route's {@code /...} stands for, decoded. */
        public String path() {
            return variable("PATH_INFO");
        }

        /** As it came, without the question mark. */
        public String query() {
            return variable("QUERY_STRING");
        }

        /** A header by its name in any case, empty if it was not sent. */
        public String header(String name) {
            return variable("HTTP_" + name.toUpperCase().replace('-', '_'));
        }
    }

    /** A header of an answer. */
    public record Header(String name, String value) {}

    /**
     * An answer.
     *
     * @param status 200 to 599
     * @param headers in this order; a name may be there several times
     * @param body its bytes
     */
    public record Response(int status, List<Header> headers, byte[] body) {
        public static Response of(int status, String contentType, String body) {
            return new Response(
                    status,
                    List.of(new Header("Content-Type", contentType)),
                    body.getBytes(StandardCharsets.UTF_8));
        }

        public static Response text(int status, String body) {
            return of(status, "text/plain; charset=utf-8", body);
        }

        public static Response json(int status, String body) {
            return of(status, "application/json", body);
        }

        /** The same with one header more. */
        public Response with(String name, String value) {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new Response(status, Collections.unmodifiableList(more), body);
        }

        /** The head, line by line, an empty line, the body. */
        byte[] bytes() {
            StringBuilder head = new StringBuilder("Status: ").append(status).append('\n');
            for (Header header : headers) {
                head.append(header.name()).append(": ").append(header.value()).append('\n');
            }
            byte[] first = head.append('\n').toString().getBytes(StandardCharsets.UTF_8);
            byte[] whole = new byte[first.length + body.length];
            System.arraycopy(first, 0, whole, 0, first.length);
            System.arraycopy(body, 0, whole, first.length, body.length);
            return whole;
        }
    }

    /** Reads the request, has it answered, writes the answer: the whole of a function's main. */
    public static void serve(Handler handler) {
        try {
            byte[] answer = handler.answer(new Request(Wasi.environment(), Wasi.input())).bytes();
            Wasi.output(answer);
        } catch (Exception e) {
            System.err.println(e);
            System.err.flush();
            Wasi.exit(1);
        }
    }

    /** Java's library for WASI knows neither the environment nor standard input: ask the host. */
    private static final class Wasi {
        private static final String PREVIEW1 = "wasi_snapshot_preview1";

        /**
         * Addresses are taken after everything is allocated: an allocation may move what is there.
         */
        static Map<String, String> environment() {
            int[] count = new int[1];
            int[] size = new int[1];
            check("environ_sizes_get", environSizes(Address.ofData(count), Address.ofData(size)));
            int[] starts = new int[count[0]];
            byte[] text = new byte[size[0]];
            check("environ_get", environ(Address.ofData(starts), Address.ofData(text)));
            Map<String, String> variables = new TreeMap<>();
            for (int from = 0, to; from < text.length; from = to + 1) {
                to = next(text, (byte) 0, from);
                int equals = next(text, (byte) '=', from);
                variables.put(string(text, from, equals), string(text, equals + 1, to));
            }
            return variables;
        }

        private static int next(byte[] text, byte wanted, int from) {
            int at = from;
            while (text[at] != wanted) {
                at++;
            }
            return at;
        }

        private static String string(byte[] text, int from, int to) {
            return new String(text, from, to - from, StandardCharsets.UTF_8);
        }

        static byte[] input() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            int[] vector = new int[2];
            int[] size = new int[1];
            do {
                vector[0] = Address.ofData(part).toInt();
                vector[1] = part.length;
                check("fd_read", read(0, Address.ofData(vector), 1, Address.ofData(size)));
                all.write(part, 0, size[0]);
            } while (size[0] > 0);
            return all.toByteArray();
        }

        static void output(byte[] bytes) throws EOFException {
            int[] vector = new int[2];
            int[] size = new int[1];
            for (int from = 0; from < bytes.length; from += size[0]) {
                vector[0] = Address.ofData(bytes).toInt() + from;
                vector[1] = bytes.length - from;
                check("fd_write", write(1, Address.ofData(vector), 1, Address.ofData(size)));
                if (size[0] == 0) {
                    throw new EOFException("standard output takes no more");
                }
            }
        }

        private static void check(String call, int errno) {
            if (errno != 0) {
                throw new IllegalStateException(call + ": errno " + errno);
            }
        }

        @Import(module = PREVIEW1, name = "environ_sizes_get")
        private static native int environSizes(Address count, Address size);

        @Import(module = PREVIEW1, name = "environ_get")
        private static native int environ(Address starts, Address text);

        @Import(module = PREVIEW1, name = "fd_read")
        private static native int read(int fd, Address vectors, int count, Address size);

        @Import(module = PREVIEW1, name = "fd_write")
        private static native int write(int fd, Address vectors, int count, Address size);

        @Import(module = PREVIEW1, name = "proc_exit")
        static native void exit(int code);
    }
}
