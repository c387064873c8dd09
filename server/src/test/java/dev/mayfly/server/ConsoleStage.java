package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.guests.MadeCertificate;
import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import dev.mayfly.registry.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, with a database of its own, TLS and real apps: {@code shop}
 * with revisions, a trigger and dead letters, {@code blog} and {@code photos}.
 */
final class ConsoleStage implements AutoCloseable {
    /** What a page would make an alarm of, if it took text for markup. */
    static final String HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    private static final byte[] ECHO = Guests.module("echo-c");
    private static final byte[] EVENT = Guests.module("event-rust");
    private static final List<String> TARGETS =
            List.of(
                    "/shop/?text=x",
                    "/shop/lamps?sleep=3",
                    "/shop/lamps/brass?text=x",
                    "/cart/?report",
                    "/checkout/?sleep=12&stderr=payment%20accepted",
                    "/blog/2026/rivers?text=x",
                    "/photos/albums/42?text=x",
                    "/photos/thumb/1.jpg?spin=1");

    private final LocalBroker.Running broker;
    private final ServerProcess server;
    private final HttpClient http;
    private final ScheduledExecutorService visitors = Executors.newScheduledThreadPool(2);
    private final AtomicInteger visits = new AtomicInteger();
    private @Nullable ScheduledFuture<?> coming;

    ConsoleStage(Path folder) throws Exception {
        MadeCertificate made = MadeCertificate.make(folder, "admin", "EC", "localhost");
        http = HttpClient.newBuilder().sslContext(MadeCertificate.trusting(made)).build();
        broker = new EmbeddedBroker().start(folder.resolve("broker"));
        server =
                ServerProcess.start(
                        folder.resolve("server/data"),
                        Map.of(
                                "kafka.brokers", broker.address(),
                                "kafka.topics", "shop:shop-*",
                                "admin_listen", "localhost:0",
                                "admin.tls.certificate", made.certificate().toString(),
                                "admin.tls.key", made.key().toString()));
        admin().upload(ECHO);
        admin().upload(EVENT);
        deploy("blog", app("blog", route("/blog/...", "pages")), "First words");
        deploy(
                "photos",
                app(
                        "photos",
                        route("/photos/...", "thumbnails"),
                        route("/photos/albums/...", "albums")),
                "Albums");
        deploy("shop", shop("1"), "Storefront and cart");
        deploy("shop", shop("2"), "A faster storefront");
        awaitTrigger();
        fail();
    }

    private static String app(String name, String... parts) {
        return "manifest_version = 1\n[app]\nname = \"" + name + "\"\n" + String.join("", parts);
    }

    private static String route(String route, String function) {
        return """
        [[trigger.http]]
        route = "%s"
        function = "%s"
        [function.%s]
        source = "f.wasm"
        """
                .formatted(route, function, function);
    }

    private static String shop(String mark) {
        return app(
                "shop",
                route("/shop/...", "storefront") + "environment = { MARK = \"" + mark + "\" }\n",
                route("/cart/...", "cart") + "record = \"bodies\"\n",
                route("/checkout/...", "checkout"),
                """
                [[trigger.kafka]]
                topics = ["shop-orders"]
                function = "invoice"
                dead_letter_topic = "shop-failed"
                retry = { attempts = 1 }
                [function.invoice]
                source = "e.wasm"
                """);
    }

    AdminClient admin() {
        return server.secured(http);
    }

    private void deploy(String app, String manifest, String message)
            throws IOException, InterruptedException {
        Map<String, String> artifacts =
                app.equals("shop")
                        ? Map.of("f.wasm", digest(ECHO), "e.wasm", digest(EVENT))
                        : Map.of("f.wasm", digest(ECHO));
        Map<String, Object> wish =
                Map.of("manifest", manifest, "artifacts", artifacts, "message", message);
        AdminClient.Reply reply = admin().post("/v1/apps/" + app + "/deploys", wish);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    private static String digest(byte[] bytes) {
        return Digests.text(Digest.of(bytes));
    }

    /** A revision of the shop whose message means harm. */
    void deployHostile() throws IOException, InterruptedException {
        deploy("shop", shop("3"), HOSTILE);
    }

    /** The shop answers with its second revision, as it did at first. */
    void restore() throws IOException, InterruptedException {
        Map<String, Object> wish = Map.of("revision", 2, "wait", "10s");
        assertThat(admin().post("/v1/apps/shop/activate", wish).status()).isEqualTo(200);
    }

    /** A group begins with what comes after it was there. */
    private void awaitTrigger() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        admin().get("/v1/triggers").json().findValues("partition").size() == 1);
    }

    /** Records, of which some are more than their function can take. */
    private void fail() throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 1; i <= 40; i++) {
                String order =
                        i % 20 == 0 ? "stderr=no%20such%20customer&exit=3" : "nothing&order=" + i;
                producer.send(new ProducerRecord<>("shop-orders", "customer-" + i, order)).get();
            }
        }
    }

    /** Where the page is. */
    URI page() {
        return admin().at().resolve("/console");
    }

    /** A token that may do so much. */
    String token(String scope) throws IOException, InterruptedException {
        Map<String, Object> wish =
                Map.of("name", "onlooker", "scopes", List.of(scope), "lifetime", "1h");
        return admin().post("/v1/tokens", wish).json().path("text").asText();
    }

    /** Asks a function; {@return the id of the request} */
    String visit(String target) throws IOException, InterruptedException {
        return Face.ask(server.app(), target).headers().firstValue("x-request-id").orElseThrow();
    }

    /** From now on somebody comes some twenty times a second. */
    void open() {
        coming = visitors.scheduleAtFixedRate(this::next, 0, 50, TimeUnit.MILLISECONDS);
    }

    private void next() {
        int number = visits.getAndIncrement();
        try {
            visit(
                    number % 97 == 96
                            ? "/checkout/pay?stderr=card%20declined&exit=3"
                            : target(number));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // that is how it ends
        }
    }

    private static String target(int number) {
        return TARGETS.get(number * number % 31 % TARGETS.size());
    }

    @Override
    public void close() {
        if (coming != null && coming.state() == Future.State.FAILED) {
            throw new AssertionError("nobody came any more", coming.exceptionNow());
        }
        visitors.shutdownNow();
        server.close();
        broker.close();
    }
}
