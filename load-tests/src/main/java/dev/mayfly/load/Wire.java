package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept connection, one request at a time, from a virtual thread: blocking reads keep it short,
 * and whoever drives decides when to send. Takes bodies with a length and in chunks.
 */
final class Wire implements AutoCloseable {
    /** Above every limit a scenario sets: an answer that takes longer is a fault, not slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final InputStream in;

    /** A buffered stream would take its lock for each byte of a head. */
    private final byte[] buffer = new byte[16 << 10];

    private int at;
    private int end;

    Wire(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Over a socket that is connected, and closed with this. */
    Wire(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = socket.getInputStream();
    }

    Answer ask(byte[] request) throws IOException {
        send(request);
        return read();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private Answer read() throws IOException {
        String status = line();
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
            fields.put(name, line.substring(colon + 1).strip());
        }
        return new Answer(statusOf(status), fields, body(fields));
    }

    private static int statusOf(String line) throws IOException {
        try {
            return Integer.parseInt(line.substring(9, 12));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException(
                    "status line: " + line + " (expected: HTTP/1.1 and three digits)", e);
        }
    }

    private byte[] body(Map<String, String> fields) throws IOException {
        String length = fields.get("content-length");
        if (length != null) {
            return exactly(Integer.parseInt(length));
        }
        return fields.containsKey("transfer-encoding") ? chunks() : new byte[0];
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        int filled = Math.min(length, end - at);
        System.arraycopy(buffer, at, bytes, 0, filled);
        at += filled;
        filled += in.readNBytes(bytes, filled, length - filled);
        if (filled < length) {
            throw new EOFException(filled + " bytes of a body (expected: " + length + ")");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (char next = next(); next != '\n'; next = next()) {
            line.append(next);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }

    private char next() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                throw new EOFException("the connection ended within a head");
            }
        }
        return (char) (buffer[at++] & 0xff);
    }

    /** A {@code GET} of a kept connection, as bytes. */
    static byte[] get(String host, String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    /** A {@code POST} of a kept connection, as bytes. */
    static byte[] post(String host, String target, byte[] body) {
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(target, host, body.length);
        byte[] request = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + body.length);
        System.arraycopy(body, 0, request, head.length(), body.length);
        return request;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
