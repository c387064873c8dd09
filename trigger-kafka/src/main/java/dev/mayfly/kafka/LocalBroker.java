package dev.mayfly.kafka;

import java.io.IOException;
import java.nio.file.Path;

/** A broker in this process, found by {@link java.util.ServiceLoader} where one is installed. */
public interface LocalBroker {
    /**
     * Starts it; blocks until it answers, some seconds. Topics are made when they are first named.
     *
     * @param folder where it keeps its log; made if it is missing, and gone on with if it is there
     * @return the running broker
     * @throws IOException when the folder cannot be used or no port can be had
     */
    Running start(Path folder) throws IOException;

    /** A broker that answers, on a port of 127.0.0.1. */
    interface Running extends AutoCloseable {
        /** {@return {@code 127.0.0.1:<port>}} */
        String address();

        /** Stops it; what it holds stays in its folder. */
        @Override
        void close();
    }
}
