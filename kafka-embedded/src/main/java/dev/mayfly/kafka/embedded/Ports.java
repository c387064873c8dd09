package dev.mayfly.kafka.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two ports of 127.0.0.1.
 *
 * <p>They are written down beside the log, because clients and groups go on at the address that
 * they know: a broker that comes back takes the same ones if nobody else has them.
 *
 * @param clients where clients connect
 * @param controller where the broker finds its own controller
 */
record Ports(int clients, int controller) {
    private static final String FILE = "ports";
    private static final InetAddress LOOPBACK = loopback();

    static Ports choose(Path folder) throws IOException {
        List<Integer> known = known(folder.resolve(FILE));
        if (known.size() == 2 && known.stream().allMatch(Ports::free)) {
            return new Ports(known.getFirst(), known.getLast());
        }
        return fresh();
    }

    /** Both are held until both are found, so they differ. */
    static Ports fresh() throws IOException {
        try (ServerSocket one = bound(0);
                ServerSocket other = bound(0)) {
            return new Ports(one.getLocalPort(), other.getLocalPort());
        }
    }

    void keep(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), clients + " " + controller + "\n");
    }

    private static List<Integer> known(Path file) throws IOException {
        List<Integer> ports = new ArrayList<>();
        if (Files.exists(file)) {
            for (String word :
                    Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", -1)) {
                if (word.matches("[1-9][0-9]{0,4}") && Integer.parseInt(word) <= 0xffff) {
                    ports.add(Integer.valueOf(word));
                }
            }
        }
        return ports;
    }

    private static boolean free(int port) {
        try (ServerSocket tried = bound(port)) {
            return tried.isBound();
        } catch (IOException _) {
            return false; // somebody has it: the answer
        }
    }

    /** Not the system's idea of it, which may be {@code ::1}. */
    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(LOOPBACK, port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}
