package dev.mayfly.kafka.embedded;

import dev.mayfly.kafka.LocalBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker that answers; stopped once. */
final class RunningBroker implements LocalBroker.Running {
    private final KafkaRaftServer server;
    private final String address;
    private final FolderLock lock;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private RunningBroker(KafkaRaftServer server, String address, FolderLock lock) {
        this.server = server;
        this.address = address;
        this.lock = lock;
    }

    /** The lock is released when the broker is stopped; not when it cannot start. */
    static RunningBroker start(Path folder, Ports ports, BrokerOptions options, FolderLock lock)
            throws IOException {
        Path log = Files.createDirectories(folder.resolve("log"));
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(log);
        }
        KafkaConfig configuration =
                new KafkaConfig(BrokerConfiguration.of(log, ports, options), false);
        KafkaRaftServer server = new KafkaRaftServer(configuration, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new RunningBroker(server, "127.0.0.1:" + ports.clients(), lock);
    }

    /** A new cluster of one. */
    private static void format(Path log) throws IOException {
        try {
            new Formatter()
                    .setNodeId(BrokerConfiguration.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName(BrokerConfiguration.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(log + " cannot be made a Kafka log: " + e, e);
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            server.shutdown();
            server.awaitShutdown();
            release();
        }
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
