package dev.mayfly.kafka;

import dev.mayfly.kafka.KafkaSettings.Login;
import dev.mayfly.kafka.KafkaSettings.Security;
import dev.mayfly.manifest.KafkaTrigger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The configurations of Kafka's clients. Secrets are of Kafka's type {@link Password} in them,
 * which neither its logs nor {@code toString} show.
 */
final class Clients {
    /**
     * Most bytes of one record that is written, and of those that wait to be sent. Kafka's own 1 MB
     * would hold up dead letters of large records; what a broker takes is the broker's to say.
     */
    static final int MOST_SENT = 32 << 20;

    private static final int FETCHED_AT_ONCE = 16 << 20;
    private static final int FETCHED_PER_PARTITION = 1 << 20;
    private static final int RECORDS_AT_ONCE = 2_000;
    private static final int REQUEST_TIMEOUT = 10_000;
    private static final int DELIVERY_TIMEOUT = 30_000;

    /**
     * A member hears of a rebalance by its next heartbeat, so partitions move about as fast as
     * this; and it has several within any session.
     */
    private static final int HEARTBEAT_INTERVAL = 1_000;

    private static final int HEARTBEATS_IN_A_SESSION = 3;
    private static final int TRANSACTION_TIMEOUT = 30_000;

    private final KafkaSettings settings;

    /**
     * Checks what can be checked without a broker.
     *
     * @throws IllegalArgumentException when a file of certificates cannot be read or is none, or a
     *     password would go over the wire as it is; the message says what to do
     */
    Clients(KafkaSettings settings) {
        this.settings = settings;
        common();
    }

    /** {@return of a member of {@code group}} */
    Map<String, Object> consumer(String group, KafkaTrigger.StartFrom start) {
        Map<String, Object> config = reader();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, start.name().toLowerCase(Locale.ROOT));
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        int session = Math.toIntExact(settings.sessionTimeout().toMillis());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        config.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.min(HEARTBEAT_INTERVAL, session / HEARTBEATS_IN_A_SESSION));
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        return config;
    }

    /** {@return of a consumer without a group, which makes no topic by asking for it} */
    Map<String, Object> looker() {
        Map<String, Object> config = reader();
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    private Map<String, Object> reader() {
        Map<String, Object> config = common();
        config.put(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName());
        config.put(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_AT_ONCE);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_PER_PARTITION);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT);
        return config;
    }

    /** {@return of a producer that loses and repeats nothing} */
    Map<String, Object> producer() {
        Map<String, Object> config = common();
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        // With several, the second batch of a topic just made may be taken before the first, which
        // is then refused for good (seen on 4.3.1): out of order, and half a minute late.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_SENT);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MOST_SENT);
        return config;
    }

    /** {@return of a producer whose records come to be with the offsets they are made of} */
    Map<String, Object> transactional(String transactionalId) {
        Map<String, Object> config = producer();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        return config;
    }

    /** {@return of the client that asks whether the brokers are there} */
    Map<String, Object> admin() {
        Map<String, Object> config = common();
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT);
        return config;
    }

    private Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        config.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT);
        // Neither beans of management nor measurements for the brokers: both have our own meters.
        config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        secure(config, settings.security());
        return config;
    }

    private static void secure(Map<String, Object> config, Security security) {
        boolean tls = security.tls();
        String plain = tls ? "SSL" : "PLAINTEXT";
        config.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                security.login().isPresent() ? "SASL_" + plain : plain);
        security.login().ifPresent(login -> logIn(config, login, tls));
        if (tls) {
            security.authority()
                    .ifPresent(path -> {
                        config.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
                        config.put(
                                SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
                                PemFile.CERTIFICATES.read(path));
                    });
            security.certificate()
                    .ifPresent(own -> {
                        config.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
                        config.put(
                                SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
                                PemFile.CERTIFICATES.read(own.chain()));
                        config.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, PemFile.KEY.read(own.key()));
                    });
        }
    }

    private static void logIn(Map<String, Object> config, Login login, boolean tls) {
        String module =
                switch (login.mechanism()) {
                    case PLAIN -> {
                        if (!tls) {
                            throw new IllegalArgumentException(
                                    "SASL PLAIN sends the password as it is (expected: TLS, or a"
                                            + " SCRAM mechanism)");
                        }
                        yield "plain.PlainLoginModule";
                    }
                    case SCRAM_SHA_256, SCRAM_SHA_512 -> "scram.ScramLoginModule";
                };
        config.put(SaslConfigs.SASL_MECHANISM, login.mechanism().name().replace('_', '-'));
        config.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                new Password(
                        "org.apache.kafka.common.security."
                                + module
                                + " required username="
                                + quoted(login.name())
                                + " password="
                                + quoted(login.password())
                                + ";"));
    }

    /** As JAAS reads text in quotes: escapes as in Java, none of them for what is above U+00FF. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append('\\').append(c >> 6).append(c >> 3 & 7).append(c & 7);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
