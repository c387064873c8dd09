package dev.mayfly.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the Kafka trigger needs to know of its server.
 *
 * @param brokers {@code host:port} each, at least one: where clients begin to ask
 * @param security how brokers are talked to
 * @param topics which app may use which topics
 * @param serverSoftware {@code Mayfly/<version>}
 * @param maxOutput bytes that a function may produce for one record
 * @param revokeTimeout how long runs may take to end when their partition goes to another gateway
 * @param sessionTimeout how long this gateway may be silent before its partitions go to others
 */
public record KafkaSettings(
        List<String> brokers,
        Security security,
        TopicRules topics,
        String serverSoftware,
        int maxOutput,
        Duration revokeTimeout,
        Duration sessionTimeout) {
    /** Bytes that a function may produce for one record, unless it is set. */
    public static final int DEFAULT_MAX_OUTPUT = 1 << 20;

    /** How long runs may take to end when their partition moves, unless it is set. */
    public static final Duration DEFAULT_REVOKE_TIMEOUT = Duration.ofSeconds(10);

    /** How long a gateway may be silent before others have its partitions, unless it is set. */
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(15);

    /** Copies the list in; refuses an empty one. */
    public KafkaSettings {
        brokers = List.copyOf(brokers);
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("brokers: none (expected: host:port, at least one)");
        }
    }

    /**
     * How brokers are talked to.
     *
     * @param tls whether the connection is encrypted
     * @param authority PEM certificates that brokers' are signed by; the system's when empty
     * @param certificate PEM certificate and key of this client, for brokers that ask for one
     * @param login who this client is
     */
    public record Security(
            boolean tls,
            Optional<Path> authority,
            Optional<Certificate> certificate,
            Optional<Login> login) {
        /** Neither encrypted nor named. */
        public static final Security NONE =
                new Security(false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Files of a client's certificate.
     *
     * @param chain PEM certificates, the client's first
     * @param key PEM private key, PKCS #8
     */
    public record Certificate(Path chain, Path key) {}

    /**
     * A SASL login.
     *
     * @param mechanism how it is proved
     * @param name the user's name
     * @param password never shown
     */
    public record Login(Mechanism mechanism, String name, String password) {
        /** SASL mechanisms (RFC 4616, RFC 5802). */
        public enum Mechanism {
            /** The password as it is: under TLS only. */
            PLAIN,
            /** SCRAM-SHA-256. */
            SCRAM_SHA_256,
            /** SCRAM-SHA-512. */
            SCRAM_SHA_512
        }

        /** {@return the same without the password} */
        @Override
        public String toString() {
            return "Login[mechanism=%s, name=%s]".formatted(mechanism, name);
        }
    }
}
