package dev.mayfly.kafka.embedded;

import dev.mayfly.kafka.LocalBroker;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;

/**
 * Apache Kafka in this process: one node, broker and controller in one (KRaft). The facade of this
 * module.
 *
 * <pre>
 *   folder/  lock    held while a broker uses the folder
 *            ports   where it listened last, and will again
 *            log/    topics, offsets, transactions, metadata
 * </pre>
 */
public final class EmbeddedBroker implements LocalBroker {
    private static final int ATTEMPTS = 3;

    static {
        // Kafka ends its process when it cannot go on, and this one is not Kafka's alone.
        Exit.setExitProcedure(EmbeddedBroker::givenUp);
        Exit.setHaltProcedure(EmbeddedBroker::givenUp);
    }

    /** Made by {@link java.util.ServiceLoader}, or by who wants other options. */
    public EmbeddedBroker() {}

    @Override
    public Running start(Path folder) throws IOException {
        return start(folder, BrokerOptions.USUAL);
    }

    /**
     * Starts it; blocks until it answers, some seconds. A folder that was in use before is gone on
     * with, at the same address if that is free.
     *
     * @param folder where it keeps its log; made if it is missing
     * @param options what is other than usual
     * @return the running broker
     * @throws IOException when the folder cannot be used or no port can be had
     */
    public Running start(Path folder, BrokerOptions options) throws IOException {
        Files.createDirectories(folder);
        FolderLock lock = FolderLock.take(folder);
        try {
            return running(folder.toAbsolutePath(), options, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Running running(Path folder, BrokerOptions options, FolderLock lock)
            throws IOException {
        Ports ports = Ports.choose(folder);
        for (int attempt = 1; ; attempt++) {
            try {
                Running running = RunningBroker.start(folder, ports, options, lock);
                ports.keep(folder);
                return running;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !takenByAnother(e)) {
                    throw new IOException(
                            "the Kafka broker in " + folder + " cannot start: " + e, e);
                }
                ports = Ports.fresh();
            }
        }
    }

    /** Ports are found before Kafka takes them: in between somebody else may. */
    private static boolean takenByAnother(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static void givenUp(int status, String message) {
        throw new IllegalStateException(
                "the embedded Kafka broker gave up with status " + status + ": " + message);
    }
}
