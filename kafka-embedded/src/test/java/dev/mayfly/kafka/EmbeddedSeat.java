package dev.mayfly.kafka;

import dev.mayfly.kafka.embedded.BrokerOptions;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in this process. */
final class EmbeddedSeat implements Broker.Seat {
    private final Path folder;
    private LocalBroker.Running broker;

    EmbeddedSeat(Path folder) throws IOException {
        this.folder = folder;
        broker = started();
    }

    private LocalBroker.Running started() throws IOException {
        return new EmbeddedBroker().start(folder, new BrokerOptions(1, Broker.SETTINGS));
    }

    @Override
    public String address() {
        return broker.address();
    }

    @Override
    public void stop() {
        broker.close();
    }

    @Override
    public void startAgain() throws IOException {
        broker = started();
    }
}
