package dev.mayfly.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A socket that sends what it is told, byte for byte. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text, a byte a char. */
    RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends no more. */
    RawClient finish() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (SocketException e) {
            return this; // the server was faster and has closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything until the server closes; what came before a reset, if it resets. */
    String readAll() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException e) {
            return all.toString(StandardCharsets.ISO_8859_1) + "<reset>";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads until what came ends with {@code end}. */
    String readUntil(String end) {
        StringBuilder got = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            int next;
            while (!endsWith(got, end) && (next = in.read()) >= 0) {
                got.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return got.toString();
    }

    /** Reads so many bytes, fewer if the server closes before. */
    String read(int length) {
        try {
            byte[] bytes = socket.getInputStream().readNBytes(length);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean endsWith(StringBuilder got, String end) {
        int from = got.length() - end.length();
        return from >= 0 && got.indexOf(end, from) == from;
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
