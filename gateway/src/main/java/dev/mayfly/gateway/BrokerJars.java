package dev.mayfly.gateway;

import dev.mayfly.kafka.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A broker whose classes are in a folder of their own: no server pays for them, and an image can
 * leave them out.
 */
final class BrokerJars implements LocalKafka {
    private final LocalBroker.Running running;
    private final URLClassLoader classes;

    private BrokerJars(LocalBroker.Running running, URLClassLoader classes) {
        this.running = running;
        this.classes = classes;
    }

    static BrokerJars start(Path jars, Path data) throws IOException {
        // Kafka's clients are the process's own; the broker's classes find them there.
        URLClassLoader classes =
                new URLClassLoader("kafka", urls(jars), BrokerJars.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Kafka looks up classes that its settings name with the thread's loader.
        thread.setContextClassLoader(classes);
        try {
            LocalBroker broker =
                    ServiceLoader.load(LocalBroker.class, classes)
                            .findFirst()
                            .orElseThrow(() -> missing(jars));
            return new BrokerJars(broker.start(data), classes);
        } catch (IOException | RuntimeException e) {
            classes.close();
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] urls(Path jars) throws IOException {
        if (!Files.isDirectory(jars)) {
            return new URL[0]; // the service is missing then, and that is told
        }
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(jars)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jar")).toList()) {
                urls.add(url(file));
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    private static IOException missing(Path jars) {
        return new IOException(
                "no embedded Kafka broker in "
                        + jars
                        + ": this build has none; name a broker that runs, as in --kafka"
                        + " localhost:9092");
    }

    @Override
    public String address() {
        return running.address();
    }

    @Override
    public void close() {
        running.close();
        try {
            classes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
