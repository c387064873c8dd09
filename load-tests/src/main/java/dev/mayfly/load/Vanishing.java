package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients that go away in the middle of things, one after the other, until it is over. */
final class Vanishing implements Callable<Integer> {
    private static final int PAUSE_MILLIS = 50;

    private final int port;
    private final Random random;
    private final CountDownLatch over;

    Vanishing(int port, long seed, CountDownLatch over) {
        this.port = port;
        this.over = over;
        random = new Random(seed);
    }

    /** Returns how many there were. */
    @Override
    public Integer call() throws InterruptedException, IOException {
        int clients = 0;
        while (!over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            vanish();
            clients++;
        }
        return clients;
    }

    private void vanish() throws IOException, InterruptedException {
        byte[] request = request();
        // Anywhere from the first byte to the last.
        int sent = 1 + random.nextInt(request.length);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0); // goes with a reset, not with an end
            }
            socket.getOutputStream()
                    .write(request, 0, random.nextBoolean() ? request.length : sent);
            Thread.sleep(random.nextInt(40)); // a run may have begun by then
        }
    }

    private byte[] request() {
        return switch (random.nextInt(3)) {
            case 0 -> Wire.get(Apps.host("short"), "/?end=loop");
            case 1 -> Wire.post(Apps.host("work"), "/?rounds=1000000", new byte[50_000]);
            default -> "GET / HTTP/1.1\r\nHost: hello.test\r\nX-".getBytes(ISO_8859_1);
        };
    }
}
