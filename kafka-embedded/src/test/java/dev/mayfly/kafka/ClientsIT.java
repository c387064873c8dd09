package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.kafka.KafkaSettings.Certificate;
import dev.mayfly.kafka.KafkaSettings.Login;
import dev.mayfly.kafka.KafkaSettings.Login.Mechanism;
import dev.mayfly.kafka.KafkaSettings.Security;
import dev.mayfly.kafka.embedded.SecureBroker;
import dev.mayfly.manifest.KafkaTrigger.StartFrom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients as {@link Clients} configures them, on a broker that asks who they are. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class ClientsIT {
    @TempDir static Path folder;

    private static @Nullable SecureBroker started;

    @BeforeAll
    static void start() throws Exception {
        started = SecureBroker.start(folder);
    }

    @AfterAll
    static void stop() {
        broker().close();
    }

    private static SecureBroker broker() {
        return Objects.requireNonNull(started);
    }

    private static Clients clients(String address, Security security) {
        return new Clients(
                new KafkaSettings(
                        List.of(address),
                        security,
                        new TopicRules(List.of()),
                        "Mayfly/1",
                        KafkaSettings.DEFAULT_MAX_OUTPUT,
                        KafkaSettings.DEFAULT_REVOKE_TIMEOUT,
                        KafkaSettings.DEFAULT_SESSION_TIMEOUT));
    }

    private static Security login(Mechanism mechanism, String password) {
        return new Security(
                true,
                Optional.of(broker().authority()),
                Optional.empty(),
                Optional.of(new Login(mechanism, "alice", password)));
    }

    private static Security certified(Optional<Certificate> certificate) {
        return new Security(true, Optional.of(broker().authority()), certificate, Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes and reads with each kind of client there is. */
    private static void roundTrip(Clients clients, String topic) throws Exception {
        try (Admin admin = Admin.create(clients.admin())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(clients.producer())) {
            producer.send(new ProducerRecord<>(topic, bytes("k"), bytes("one"))).get();
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clients.transactional(topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> _ =
                    producer.send(new ProducerRecord<>(topic, bytes("k"), bytes("two")));
            producer.commitTransaction();
        }
        assertThat(read(clients.consumer(topic + "-group", StartFrom.EARLIEST), topic))
                .isEqualTo("onetwo");
    }

    private static String read(Map<String, Object> config, String topic) {
        StringBuilder read = new StringBuilder();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            consumer.subscribe(List.of(topic));
            while (read.length() < 6) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    read.append(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return read.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordUnderTlsIsTaken(Mechanism mechanism) throws Exception {
        roundTrip(
                clients(broker().saslAddress(), login(mechanism, "secret")),
                "sasl-" + mechanism.name());
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordIsRefusedAndNotShown(Mechanism mechanism) {
        Clients clients = clients(broker().saslAddress(), login(mechanism, "Wr0ng\"one"));
        try (Admin admin = Admin.create(clients.admin())) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class)
                    .hasMessageNotContaining("Wr0ng");
        }
    }

    @Test
    void aCertificateOfItsOwnIsTaken() throws Exception {
        Certificate own = new Certificate(broker().certificate(), broker().key());
        roundTrip(clients(broker().tlsAddress(), certified(Optional.of(own))), "mutual-tls");
    }

    @Test
    void withoutACertificateItIsRefusedWhereOneIsAskedFor() {
        Clients clients = clients(broker().tlsAddress(), certified(Optional.empty()));
        try (Admin admin = Admin.create(clients.admin())) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SslAuthenticationException.class);
        }
    }
}
