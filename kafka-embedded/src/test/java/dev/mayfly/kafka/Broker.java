package dev.mayfly.kafka;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** What the tests of this package run on, one after the other. */
enum Broker {
    /** A broker in this process: always there. */
    EMBEDDED {
        @Override
        Seat open(Path folder) throws IOException {
            return new EmbeddedSeat(folder);
        }
    },
    /** The image apache/kafka, where a container engine is. */
    CONTAINER {
        @Override
        void assumeThere() {
            assumeTrue(
                    DockerClientFactory.instance().isDockerAvailable(),
                    "no container engine: " + ContainerSeat.IMAGE + " is not tried");
        }

        @Override
        Seat open(Path folder) throws IOException {
            return new ContainerSeat();
        }
    };

    /** Both ask whether a client may do what it wants, and let it where nothing is said. */
    static final Map<String, String> SETTINGS =
            Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "true");

    /** A broker that runs, and is stopped and started again at the same address. */
    interface Seat {
        String address();

        void stop();

        void startAgain() throws IOException;
    }

    /** Skips what runs on it where it cannot be. */
    void assumeThere() {}

    abstract Seat open(Path folder) throws IOException;
}
