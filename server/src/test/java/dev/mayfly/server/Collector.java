package dev.mayfly.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Takes whatever is sent as traces, as a collector does, and keeps the bytes. */
final class Collector implements AutoCloseable {
    private final HttpServer server;

    /** Guarded by itself. */
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (taken) {
                taken.write(body);
            }
            exchange.getResponseHeaders().add("content-type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    byte[] bytes() {
        synchronized (taken) {
            return taken.toByteArray();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
