package dev.mayfly.gateway;

import dev.mayfly.kafka.KafkaSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The brokers that a server begins with.
 *
 * @param addresses {@code host:port} or {@code [v6]:port}
 */
public record Brokers(List<String> addresses) {
    private static final int PATIENCE_MILLIS = 3000;

    /** Copies the list in. */
    public Brokers {
        addresses = List.copyOf(addresses);
    }

    /**
     * {@return those of a server; none without Kafka}
     *
     * @param settings the server's
     */
    public static Brokers of(ServerSettings settings) {
        return new Brokers(settings.kafka().map(KafkaSettings::brokers).orElse(List.of()));
    }

    /** {@return why none of them can be connected to, if none can} Blocks, for seconds each. */
    public Optional<String> obstacle() {
        List<String> failures = new ArrayList<>();
        for (String broker : addresses) {
            Optional<String> failure = failure(broker);
            if (failure.isEmpty()) {
                return Optional.empty();
            }
            failures.add(failure.get());
        }
        return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
    }

    private static Optional<String> failure(String broker) {
        URI uri = URI.create("kafka://" + broker);
        InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
        if (address.isUnresolved()) {
            return Optional.of(broker + ": there is no such host");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(broker + ": " + e.getMessage());
        }
    }
}
