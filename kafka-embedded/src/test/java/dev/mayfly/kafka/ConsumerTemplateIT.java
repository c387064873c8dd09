package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.LoadRequest;
import dev.mayfly.pool.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The template for events does what its README says, on a real broker. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ConsumerTemplateIT {
    private static final Path TEMPLATE = Path.of("../sdk-templates/kafka-consumer");
    private static final String ORDER =
            """
            {"order":"17","customer":"C-7","currency":"EUR","note":"caf\\u00e9 \\ud83d\\ude00",\
            "lines":[{"item":"lamp","quantity":2,"price":19.99},\
            {"item":"bulb","quantity":10,"price":1.5}]}\
            """;
    private static final String NO_LAMPS =
            """
            {"order":"18","customer":"C-8","currency":"EUR",\
            "lines":[{"item":"lamp","quantity":0,"price":19.99}]}\
            """;

    private Stage stage;
    private Topics topics;
    private KeptLog log;
    private KafkaEvents events;
    private GuestFunction invoice;

    @BeforeEach
    void open() throws Exception {
        stage = Stage.shared(Broker.EMBEDDED);
        topics = new Topics(stage.address());
        for (String topic : List.of("orders", "invoices", "orders.dead")) {
            topics.make(topic, 1);
        }
        log = new KeptLog();
        events = stage.events(log);
        Manifest manifest = manifest();
        invoice = load(manifest);
        events.serve(
                List.of(new EventApp("kafka-consumer", 1, manifest, Map.of("invoice", invoice))));
    }

    @AfterEach
    void close() {
        events.close();
        invoice.close();
        topics.close();
    }

    @Test
    void ordersBecomeInvoicesAndWhatCannotBeInvoicedLiesInTheDeadLetters() throws Exception {
        topics.write("orders", "C-7", ORDER);
        topics.write("orders", "C-8", NO_LAMPS, null, "no order at all");

        ConsumerRecord<byte[], byte[]> bill = topics.read("invoices", 1).getFirst();
        assertThat(Topics.text(bill.key())).isEqualTo("C-7");
        assertThat(Topics.text(bill.value()))
                .isEqualTo(
                        "{\"invoice\":\"INV-17\",\"customer\":\"C-7\",\"currency\":\"EUR\","
                                + "\"net\":\"54.98\",\"vat\":\"10.45\",\"total\":\"65.43\"}");
        assertThat(headers(bill))
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Order", "17");

        List<ConsumerRecord<byte[], byte[]>> dead = topics.read("orders.dead", 2);
        assertThat(dead).extracting(each -> Topics.text(each.key())).containsOnly("C-8");
        assertThat(dead)
                .extracting(each -> Topics.text(each.value()))
                .containsExactly(NO_LAMPS, "no order at all");
        assertThat(headers(dead.getFirst()))
                .containsEntry("mayfly-attempts", "3")
                .containsEntry("mayfly-exit-code", "1")
                .containsEntry("mayfly-source-topic", "orders");
        assertThat(headers(dead.getFirst()).get("mayfly-stderr"))
                .contains("order 18: lamp: 0 times 19.99 (expected: something to pay)");
        assertThat(headers(dead.getLast()).get("mayfly-stderr"))
                .contains("no JSON at byte 0 (expected: {)");
        assertThat(log.lines()).contains("order 17: 65.43 EUR");
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), Topics.text(header.value()));
        }
        return headers;
    }

    private static Manifest manifest() throws IOException {
        String toml = Files.readString(TEMPLATE.resolve("app.toml"));
        return valid(Manifests.resolve(valid(Manifests.parse(toml)), Map.of()));
    }

    private static <T> T valid(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(var problems) -> throw new AssertionError(problems);
        };
    }

    private GuestFunction load(Manifest manifest) {
        LoadRequest request =
                new LoadRequest(
                        new FunctionId("kafka-consumer", 1, "invoice"),
                        Objects.requireNonNull(manifest.functions().get("invoice")),
                        () -> Files.readAllBytes(TEMPLATE.resolve("invoice.wasm")),
                        TEMPLATE,
                        List::of,
                        QuietRequest::new,
                        QuietRequest::new);
        return switch (stage.runtime().load(request)) {
            case LoadResult.Loaded loaded -> loaded.function();
            case LoadResult.Unloadable(List<String> problems) -> throw new AssertionError(problems);
        };
    }
}
