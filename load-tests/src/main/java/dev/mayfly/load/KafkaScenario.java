package dev.mayfly.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A function on events against a plain consumer in Java that does the same work. */
final class KafkaScenario implements Scenario {
    private static final String HEAP = "-Xmx4g";
    private static final Duration STEADY = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String summary() {
        return "records a second of a function on Kafka topics, and of a plain consumer";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        List<String> command =
                Jvm.command(
                        KafkaTrial.class,
                        HEAP,
                        String.valueOf(effort.count(200_000, 20_000)),
                        String.valueOf(effort.rounds()),
                        String.valueOf(effort.span(STEADY).toSeconds()));
        Checkout.run(command).lines().forEach(line -> read(line, figures));
    }

    private static void read(String line, Figures figures) {
        if (line.startsWith(KafkaTrial.ROW)) {
            String[] parts = line.substring(KafkaTrial.ROW.length()).split("\t", 2);
            figures.row(parts[0], parts[1].strip());
        } else if (line.startsWith(KafkaTrial.VALUE)) {
            String[] parts = line.substring(KafkaTrial.VALUE.length()).split(" ", 3);
            figures.value(parts[0], Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
        }
    }
}
