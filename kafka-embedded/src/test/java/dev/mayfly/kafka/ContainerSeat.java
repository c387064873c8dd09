package dev.mayfly.kafka;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker in a container; Testcontainers removes it when this process ends. */
final class ContainerSeat implements Broker.Seat {
    static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.1.0");

    private static final int PORT = 9092;

    private final KafkaContainer container;

    ContainerSeat() throws IOException {
        container = new KafkaContainer(IMAGE);
        // A port of its own: a container that is started again has it still.
        container.setPortBindings(List.of(free() + ":" + PORT));
        Broker.SETTINGS.forEach((name, value) -> {
            String upper = name.replace('.', '_').toUpperCase(Locale.ROOT);
            container.addEnv("KAFKA_" + upper, value);
        });
        container.start();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String address() {
        return container.getBootstrapServers();
    }

    @Override
    public void stop() {
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void startAgain() {
        container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    }
}
