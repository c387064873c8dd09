package dev.mayfly.load;

import dev.mayfly.cli.Main;
import dev.mayfly.guests.Guests;
import dev.mayfly.guests.MadeCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stops one of two gateways after the other with SIGTERM, and replaces their certificates, while
 * clients ask all the time who can do nothing about a request that is lost.
 */
final class DrainScenario implements Scenario {
    private static final String HEAP = "-Xmx1g";
    private static final int ROUNDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration STEADY = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public String summary() {
        return "SIGTERM to one of two gateways, and new certificates, under load";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.make()) {
            Site site = Site.make(scratch.folder());
            List<Customers.Shop> shops = List.of(shop(), shop());
            try (Pair gateways = new Pair(site, shops)) {
                gateways.start(0);
                gateways.start(1);
                Customers customers = new Customers(shops, site.first, site.second);
                int rounds = effort.count(ROUNDS, 2);
                for (int i = 0; i < rounds; i++) {
                    Thread.sleep(effort.quick() ? Duration.ofMillis(500) : STEADY);
                    site.swap(i, shops);
                    gateways.stop(i % 2);
                    gateways.start(i % 2);
                }
                customers.end();
                report(customers, rounds, figures);
            }
        }
    }

    /** The two gateways; those that run are stopped at the end, however it comes. */
    private static final class Pair implements AutoCloseable {
        private final Site site;
        private final List<Customers.Shop> shops;
        private final @Nullable Server[] servers = new Server[2];

        Pair(Site site, List<Customers.Shop> shops) {
            this.site = site;
            this.shops = shops;
        }

        void start(int number) throws IOException, InterruptedException {
            servers[number] = site.start(shops.get(number));
        }

        void stop(int number) throws IOException {
            @Nullable Server server = servers[number];
            servers[number] = null;
            if (server != null) {
                server.close();
            }
        }

        @Override
        public void close() throws IOException {
            try {
                stop(0);
            } finally {
                stop(1);
            }
        }
    }

    private static Customers.Shop shop() throws IOException {
        return new Customers.Shop(Server.freePort(), Server.freePort());
    }

    private static void report(Customers customers, int rounds, Figures figures) {
        figures.row("stops and certificates", rounds + " each");
        figures.row("requests", String.valueOf(customers.asked.sum()));
        figures.row("handshakes", String.valueOf(customers.handshakes.sum()));
        figures.row("connections refused", String.valueOf(customers.refused.sum()));
        customers.complaints.forEach(complaint -> figures.row("wrong", complaint));
        figures.count("failed", customers.failed.sum());
        figures.count("handshakes_failed", customers.handshakesFailed.sum());
    }

    /**
     * What both gateways serve, and with which certificate.
     *
     * @param folder of the app, the installed certificate and all that is written
     * @param first a certificate
     * @param second another one
     */
    private record Site(Path folder, MadeCertificate first, MadeCertificate second) {
        static Site make(Path folder) throws IOException {
            Path app = Files.createDirectories(folder.resolve("app"));
            Files.write(app.resolve("hello.wasm"), Guests.module("hello-c"));
            Files.writeString(app.resolve("app.toml"), Apps.function("shop", "hello.wasm"));
            MadeCertificate first = MadeCertificate.make(folder, "first", "EC", "localhost");
            MadeCertificate second = MadeCertificate.make(folder, "second", "EC", "localhost");
            Site site = new Site(folder, first, second);
            first.replace(site.certificate(), site.key());
            return site;
        }

        private Path certificate() {
            return folder.resolve("tls.pem");
        }

        private Path key() {
            return folder.resolve("tls.key");
        }

        Server start(Customers.Shop shop) throws IOException, InterruptedException {
            Map<String, String> environment = new HashMap<>();
            environment.put("MAYFLY_TLS_LISTEN", "127.0.0.1:" + shop.tlsPort());
            environment.put("MAYFLY_TLS_CERTIFICATE", certificate().toString());
            environment.put("MAYFLY_TLS_KEY", key().toString());
            environment.put("MAYFLY_DRAIN_DELAY", "1s");
            environment.put("MAYFLY_ACCESS_LOG", "false");
            environment.put(
                    "MAYFLY_SPOOL_FOLDER", folder.resolve("spool-" + shop.port()).toString());
            environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
            List<String> command =
                    Jvm.command(
                            Main.class,
                            HEAP,
                            "up",
                            folder.resolve("app").toString(),
                            "--listen",
                            "127.0.0.1:" + shop.port());
            return Server.start(command, environment, shop.port(), "/.well-known/mayfly/health");
        }

        /** Installs the other certificate and returns when both gateways show it. */
        void swap(int round, List<Customers.Shop> shops) throws IOException, InterruptedException {
            MadeCertificate next = round % 2 == 0 ? second : first;
            String subject = round % 2 == 0 ? "CN=second" : "CN=first";
            next.replace(certificate(), key());
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (Customers.Shop shop : shops) {
                while (!Customers.shown(shop, first, second).equals(subject)) {
                    if (System.nanoTime() > end) {
                        throw new IOException("a gateway shows the old certificate still");
                    }
                    Thread.sleep(LOOK);
                }
            }
        }
    }
}
