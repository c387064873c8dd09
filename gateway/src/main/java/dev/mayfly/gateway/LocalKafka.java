package dev.mayfly.gateway;

import java.io.IOException;
import java.nio.file.Path;

/** A Kafka broker in this process, for trying things out. */
public interface LocalKafka extends AutoCloseable {
    /**
     * Starts the broker that the jars of a folder hold; blocks until it answers, some seconds. Its
     * topics are made when they are first named.
     *
     * @param jars where the broker's jars are
     * @param data where it keeps its log; gone on with if there is one
     * @return the running broker, to be closed after the gateway
     * @throws IOException when there is no broker, or it cannot start; the message says what to do
     */
    static LocalKafka start(Path jars, Path data) throws IOException {
        return BrokerJars.start(jars, data);
    }

    /** {@return {@code 127.0.0.1:<port>}} */
    String address();

    /** Stops it; what it holds stays in its folder. */
    @Override
    void close();
}
