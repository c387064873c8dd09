package dev.mayfly.load;

import dev.mayfly.guests.MadeCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Clients of two gateways that do the same: each prefers one, asks over and over, and goes to the
 * other only when a connection is refused. Half of them keep a plain connection for as long as the
 * gateway lets them, half make a new one over TLS for each request.
 */
final class Customers {
    private static final int EACH = 4;
    private static final int COMPLAINTS = 5;
    private static final long PAUSE_MILLIS = 10;
    private static final byte[] ASK = Wire.get("shop.test", "/");

    private final List<Shop> shops;
    private final SSLContext trust;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    final LongAdder asked = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder handshakes = new LongAdder();
    final LongAdder handshakesFailed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    /**
     * Where a gateway is.
     *
     * @param port plain
     * @param tlsPort over TLS
     */
    record Shop(int port, int tlsPort) {}

    Customers(List<Shop> shops, MadeCertificate... trusted) throws IOException {
        this.shops = List.copyOf(shops);
        trust = MadeCertificate.trusting(trusted);
        for (int i = 0; i < EACH * shops.size(); i++) {
            int preferred = i % shops.size();
            threads.add(Thread.startVirtualThread(() -> repeat(() -> keep(preferred))));
            threads.add(Thread.startVirtualThread(() -> repeat(() -> once(preferred))));
        }
    }

    /** A visit: one connection. */
    private interface Visit {
        void go() throws IOException, InterruptedException;
    }

    private void repeat(Visit visit) {
        try {
            while (isOpen()) {
                try {
                    visit.go();
                } catch (IOException e) {
                    complain(failed, e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() throws InterruptedException {
        return !over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void keep(int preferred) throws IOException, InterruptedException {
        try (Wire wire = new Wire(connect(preferred, false))) {
            boolean open = true;
            while (open && isOpen()) {
                open = !ask(wire).lastOfItsConnection();
            }
        }
    }

    private void once(int preferred) throws IOException {
        try (SSLSocket socket = secured(connect(preferred, true));
                Wire wire = new Wire(socket)) {
            ask(wire);
        }
    }

    private Answer ask(Wire wire) throws IOException {
        asked.increment();
        Answer answer = wire.ask(ASK);
        if (answer.status() != 200) {
            complain(failed, answer.summary());
        }
        return answer;
    }

    /** The next one is asked only where nobody listens. */
    private Socket connect(int preferred, boolean tls) throws IOException {
        try {
            return open(preferred, tls);
        } catch (ConnectException e) {
            refused.increment();
            return open((preferred + 1) % shops.size(), tls);
        }
    }

    private Socket open(int number, boolean tls) throws IOException {
        Shop shop = shops.get(number);
        return new Socket(InetAddress.getLoopbackAddress(), tls ? shop.tlsPort() : shop.port());
    }

    private SSLSocket secured(Socket socket) throws IOException {
        SSLSocket secured =
                (SSLSocket)
                        trust.getSocketFactory()
                                .createSocket(socket, "localhost", socket.getPort(), true);
        handshakes.increment();
        try {
            secured.startHandshake();
            return secured;
        } catch (IOException e) {
            complain(handshakesFailed, "handshake: " + e);
            secured.close();
            throw e;
        }
    }

    /** {@return the subject of the certificate that a new client is shown, without a session} */
    static String shown(Shop shop, MadeCertificate... trusted) throws IOException {
        SSLContext fresh = MadeCertificate.trusting(trusted);
        try (SSLSocket socket =
                (SSLSocket)
                        fresh.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), shop.tlsPort())) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private void complain(LongAdder wrong, String complaint) {
        wrong.increment();
        if (complaints.size() < COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    /** Ends them, each after what it is at. */
    void end() throws InterruptedException {
        over.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
