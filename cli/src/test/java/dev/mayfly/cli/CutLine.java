package dev.mayfly.cli;

import dev.mayfly.gateway.ServerSettings.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A line to a server that is cut once, after so many bytes from the client. */
final class CutLine implements AutoCloseable {
    private final ServerSocket entrance;
    private final Address server;
    private final long cutAfter;
    private final AtomicLong sent = new AtomicLong();

    private CutLine(ServerSocket entrance, Address server, long cutAfter) {
        this.entrance = entrance;
        this.server = server;
        this.cutAfter = cutAfter;
    }

    static CutLine to(Address server, long cutAfter) throws IOException {
        ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CutLine line = new CutLine(entrance, server, cutAfter);
        Thread.startVirtualThread(line::accept);
        return line;
    }

    Address address() {
        return new Address("127.0.0.1", entrance.getLocalPort());
    }

    long bytesFromTheClient() {
        return sent.get();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket there = new Socket(server.host(), server.port());
                Thread.startVirtualThread(() -> copy(client, there, true));
                Thread.startVirtualThread(() -> copy(there, client, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, boolean counted) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] block = new byte[1 << 14];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                if (counted && isCutBy(read)) {
                    return;
                }
                out.write(block, 0, read);
            }
        } catch (IOException oneSideIsGone) {
            return;
        }
    }

    private boolean isCutBy(int bytes) {
        long now = sent.addAndGet(bytes);
        return now >= cutAfter && now - bytes < cutAfter;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
