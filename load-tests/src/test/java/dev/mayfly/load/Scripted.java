package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** A server on a real port that answers request n, counted from 0, as it is told to. */
final class Scripted implements AutoCloseable {
    private final ServerSocket listening;
    private final LongFunction<String> script;
    private final AtomicLong requests = new AtomicLong();

    Scripted(LongFunction<String> script) throws IOException {
        this.script = script;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    String answer = script.apply(requests.getAndIncrement());
                    socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // The client went away, as it may.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
