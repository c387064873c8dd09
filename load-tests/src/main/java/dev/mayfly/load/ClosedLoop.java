package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One thread and a selector. Takes answers as a server may give them: with a length, and in chunks
 * where a guest was slower than its head could wait.
 */
final class ClosedLoop implements Load {
    @Override
    public Rate drive(URI target, int connections, Duration time) throws IOException {
        Latencies latencies = new Latencies();
        try (Selector selector = Selector.open()) {
            long start = System.nanoTime();
            for (int i = 0; i < connections; i++) {
                new Connection(target, selector, latencies).ask();
            }
            while (System.nanoTime() - start < time.toNanos()) {
                selector.select(key -> ((Connection) key.attachment()).readable(), 100);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            for (SelectionKey key : selector.keys()) {
                ((Connection) key.attachment()).close();
            }
            return new Rate(latencies.count() / seconds, latencies.millis(99) * 1e3);
        }
    }

    /** One connection, with one request under way. */
    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final Latencies latencies;
        private final ByteBuffer answer = ByteBuffer.allocate(64 << 10);
        private long asked;

        Connection(URI target, Selector selector, Latencies latencies) throws IOException {
            this.latencies = latencies;
            String text =
                    "GET "
                            + target.getRawPath()
                            + " HTTP/1.1\r\nHost: "
                            + target.getAuthority()
                            + "\r\n\r\n";
            this.request = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
            this.channel =
                    SocketChannel.open(new InetSocketAddress(target.getHost(), target.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask() throws IOException {
            asked = System.nanoTime();
            answer.clear();
            request.rewind();
            if (channel.write(request) < request.limit()) {
                throw new IOException(
                        "a request of "
                                + request.limit()
                                + " bytes did not fit the socket's buffer");
            }
        }

        void readable() {
            try {
                if (channel.read(answer) < 0) {
                    throw new IOException("the server closed a connection");
                }
                if (WholeAnswer.in(answer.array(), answer.position())) {
                    latencies.add(System.nanoTime() - asked);
                    ask();
                } else if (!answer.hasRemaining()) {
                    throw new IOException(
                            "an answer did not end within " + answer.limit() + " bytes");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        void close() throws IOException {
            channel.close();
        }
    }
}
