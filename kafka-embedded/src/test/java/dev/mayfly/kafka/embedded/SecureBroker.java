package dev.mayfly.kafka.embedded;

import dev.mayfly.kafka.LocalBroker;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker with two more ports for clients: one asks for a password under TLS (SASL_SSL: PLAIN,
 * SCRAM-SHA-256 and SCRAM-SHA-512 of alice, whose password is secret), one for a certificate that
 * the authority signed (mutual TLS).
 *
 * <p>{@code authority.pem}, {@code client.pem} and {@code client.key} are in its folder.
 */
public final class SecureBroker implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final LocalBroker.Running running;
    private final Path folder;
    private final int saslPort;
    private final int tlsPort;

    private SecureBroker(LocalBroker.Running running, Path folder, int saslPort, int tlsPort) {
        this.running = running;
        this.folder = folder;
        this.saslPort = saslPort;
        this.tlsPort = tlsPort;
    }

    /**
     * Starts it.
     *
     * @param folder a folder of its own
     * @return the running broker
     * @throws IOException when it cannot start
     * @throws InterruptedException when the calling thread is interrupted
     * @throws ExecutionException when it does not take the users
     */
    public static SecureBroker start(Path folder)
            throws IOException, InterruptedException, ExecutionException {
        Certificates.write(folder, PASSWORD);
        int sasl = free();
        int tls = free();
        LocalBroker.Running running =
                new EmbeddedBroker()
                        .start(folder, new BrokerOptions(1, settings(folder, sasl, tls)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", running.address()))) {
            // One at a time: Kafka takes a user only once in a request.
            for (ScramMechanism each :
                    List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                admin.alterUserScramCredentials(List.of(user(each))).all().get();
            }
        }
        return new SecureBroker(running, folder, sasl, tls);
    }

    /** {@return where a password is asked for, under TLS} */
    public String saslAddress() {
        return "127.0.0.1:" + saslPort;
    }

    /** {@return where a certificate is asked for} */
    public String tlsAddress() {
        return "127.0.0.1:" + tlsPort;
    }

    /** {@return where nothing is asked} */
    public String plainAddress() {
        return running.address();
    }

    /** {@return certificates that the broker's is signed by} */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /** {@return the certificate of a client that the broker knows} */
    public Path certificate() {
        return folder.resolve("client.pem");
    }

    /** {@return its key, PKCS #8} */
    public Path key() {
        return folder.resolve("client.key");
    }

    /**
     * {@return a client's settings with a password under TLS}
     *
     * @param name the user's name
     * @param password the password
     * @throws IOException when the authority's certificate cannot be read
     */
    public Map<String, Object> client(String name, String password) throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", saslAddress());
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                        + name
                        + "\" password=\""
                        + password
                        + "\";");
        settings.put("ssl.truststore.type", "PEM");
        settings.put(
                "ssl.truststore.certificates",
                Files.readString(authority(), StandardCharsets.US_ASCII));
        return settings;
    }

    @Override
    public void close() {
        running.close();
    }

    private static UserScramCredentialUpsertion user(ScramMechanism mechanism) {
        return new UserScramCredentialUpsertion(
                "alice", new ScramCredentialInfo(mechanism, 4096), "secret");
    }

    private static Map<String, String> settings(Path folder, int sasl, int tls) {
        Map<String, String> all = new HashMap<>();
        all.put(
                "listeners",
                "CLIENTS://127.0.0.1:${clients},CONTROLLER://127.0.0.1:${controller},SASL://127.0.0.1:%d,TLS://127.0.0.1:%d"
                        .formatted(sasl, tls));
        all.put(
                "listener.security.protocol.map",
                "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_SSL,TLS:SSL");
        all.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        String module = "org.apache.kafka.common.security.";
        all.put(
                "listener.name.sasl.plain.sasl.jaas.config",
                module + "plain.PlainLoginModule required user_alice=\"secret\";");
        for (String hash : List.of("256", "512")) {
            all.put(
                    "listener.name.sasl.scram-sha-" + hash + ".sasl.jaas.config",
                    module + "scram.ScramLoginModule required;");
        }
        all.put("listener.name.tls.ssl.client.auth", "required");
        all.put("ssl.keystore.type", "PKCS12");
        all.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
        all.put("ssl.keystore.password", PASSWORD);
        all.put("ssl.key.password", PASSWORD);
        all.put("ssl.truststore.type", "PEM");
        all.put("ssl.truststore.location", folder.resolve("authority.pem").toString());
        return all;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
