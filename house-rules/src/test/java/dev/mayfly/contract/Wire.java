package dev.mayfly.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A connection that sends what it is told, byte for byte. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;

    Wire(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends {@code request} on a connection of its own and reads until the server closes. */
    static Reply ask(int port, String request) {
        try (Wire wire = new Wire(port)) {
            return Reply.of(wire.send(request).rest());
        }
    }

    /** A request without a body, to {@code host}, with more header lines. */
    static String request(String method, String target, String host, String... lines) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
                .formatted(method, target, host, joined(lines));
    }

    /** A request with a body. */
    static String request(String method, String target, String host, byte[] body, String... lines) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(
                        method,
                        target,
                        host,
                        joined(lines),
                        body.length,
                        new String(body, ISO_8859_1));
    }

    private static String joined(String... lines) {
        StringBuilder all = new StringBuilder();
        for (String line : lines) {
            all.append(line).append("\r\n");
        }
        return all.toString();
    }

    Wire send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that comes until the server closes or resets. */
    String rest() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            return all.toString(ISO_8859_1); // what came before it is what there is
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString(ISO_8859_1);
    }

    /** What comes up to and with {@code end}. */
    String until(String end) {
        StringBuilder got = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                got.append((char) next);
                if (got.indexOf(end) >= 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return got.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
