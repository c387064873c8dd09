package dev.mayfly.load;

import com.sun.management.OperatingSystemMXBean;
import dev.mayfly.load.Ledger.Findings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The process that {@code kafka} measures in: broker, function and plain consumer, with the
 * launcher's flags. It prints {@link #ROW} and {@link #VALUE} lines.
 */
public final class KafkaTrial {
    static final String ROW = "bench row ";
    static final String VALUE = "bench value ";

    private static final int TOPICS = 3;
    private static final Duration READ = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final OperatingSystemMXBean CLOCK =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final BenchBroker broker;
    private final int rounds;
    private final Duration steady;
    private final Orders orders;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Queue<Exception> unsent = new ConcurrentLinkedQueue<>();
    private int topics;

    private KafkaTrial(BenchBroker broker, int count, int rounds, Duration steady) {
        this.broker = broker;
        orders = new Orders(count);
        this.rounds = rounds;
        this.steady = steady;
    }

    /**
     * Measures and prints.
     *
     * @param args how many orders, how many rounds after the one that warms up, and how many
     *     seconds at a pace
     * @throws Exception when it cannot be measured
     */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        Duration steady = Duration.ofSeconds(Integer.parseInt(args[2]));
        try (Scratch scratch = Scratch.make();
                BenchBroker broker = BenchBroker.start(scratch.folder().resolve("broker"));
                EventFunction function = new EventFunction(broker, scratch.folder())) {
            new KafkaTrial(broker, count, rounds, steady)
                    .measure(function, new PlainConsumer(broker));
        }
    }

    /**
     * All orders once.
     *
     * @param perSecond records a second
     * @param cpuMicros processor time of this whole process a record, the broker's included
     */
    private record Round(double perSecond, double cpuMicros, Findings findings) {}

    private void measure(Contestant function, Contestant plain) throws Exception {
        List<String> inputs = fill();
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            ours.add(round(function, inputs));
            theirs.add(round(plain, inputs));
        }
        double perSecond = median(function, ours);
        double plainPerSecond = median(plain, theirs);
        value("records_per_s", perSecond, 0);
        value("plain_per_s", plainPerSecond, 0);
        value("ratio", perSecond / plainPerSecond, 2);
        Latencies latencies = new Latencies();
        Findings found = steady(function, perSecond / 2, latencies);
        value("p99_ms", latencies.millis(99), 0);
        for (Round each : ours) {
            found = found.plus(each.findings);
        }
        value("lost", (double) found.lost(), 0);
        value("order_violations", (double) found.violations(), 0);
        value("duplicates", (double) found.duplicates(), 0);
        theirs.forEach(each -> flawless(each.findings));
        if (found.wrong() > 0) {
            throw new IllegalStateException("function: " + found);
        }
    }

    /** The first round warms up. */
    private double median(Contestant contestant, List<Round> rounds) {
        StringBuilder rates = new StringBuilder();
        for (Round each : rounds.subList(1, rounds.size())) {
            rates.append(Figures.rounded(each.perSecond, 0)).append("/s with ");
            rates.append(Figures.rounded(each.cpuMicros, 0)).append(" µs of CPU each; ");
        }
        row(contestant.name(), rates.toString());
        return Medians.of(rounds.stream().skip(1).mapToDouble(Round::perSecond));
    }

    /** What is lost or wrong of the plain consumer's is a fault of the measurement. */
    private static void flawless(Findings findings) {
        if (!findings.equals(Findings.NONE)) {
            throw new IllegalStateException("plain: " + findings);
        }
    }

    private void row(String label, String value) {
        out.println(ROW + label + "\t" + value);
    }

    private void value(String name, double value, int decimals) {
        out.println(VALUE + name + " " + value + " " + decimals);
    }

    private List<String> inputs() throws ExecutionException, InterruptedException {
        int set = topics++;
        List<String> names =
                IntStream.range(0, TOPICS).mapToObj(i -> "orders-" + set + "-" + i).toList();
        broker.makeTopics(names);
        return names;
    }

    /** All orders, for whoever reads them from the first one on. */
    private List<String> fill() throws ExecutionException, InterruptedException {
        List<String> inputs = inputs();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(broker.producer())) {
            for (int n = 0; n < orders.count(); n++) {
                send(producer, inputs, n);
            }
        }
        allSent();
        return inputs;
    }

    // The callback is told all that the future would tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(KafkaProducer<byte[], byte[]> producer, List<String> inputs, int n) {
        producer.send(
                new ProducerRecord<>(
                        inputs.get(orders.topic(n, TOPICS)), orders.key(n), orders.value(n)),
                (_, failure) -> {
                    if (failure != null) {
                        unsent.add(failure);
                    }
                });
    }

    /** Orders that are not there cannot be lost. */
    private void allSent() {
        if (!unsent.isEmpty()) {
            throw new IllegalStateException(unsent.size() + " orders were not sent", unsent.peek());
        }
    }

    private Round round(Contestant contestant, List<String> inputs) throws Exception {
        String output = output();
        String group = "group-of-" + output;
        long before = CLOCK.getProcessCpuTime();
        try (AutoCloseable _ = contestant.begin(inputs, output, group)) {
            awaitCommitted(group, orders.count());
        }
        long cpu = CLOCK.getProcessCpuTime() - before;
        Ledger ledger = read(output, orders.count());
        System.err.printf("%s: %.0f/s%n", contestant.name(), ledger.perSecond());
        return new Round(ledger.perSecond(), cpu / 1e3 / orders.count(), ledger.findings());
    }

    private String output() throws ExecutionException, InterruptedException {
        String output = "answers-" + topics++;
        broker.makeTopics(List.of(output));
        return output;
    }

    /** Some orders at a pace, each timed from the moment it was meant to be sent. */
    private Findings steady(Contestant contestant, double perSecond, Latencies latencies)
            throws Exception {
        List<String> inputs = inputs();
        String output = output();
        String group = "group-of-" + output;
        Pace pace = new Pace(perSecond, steady, 1);
        int count = (int) Math.min(pace.requests(), orders.count());
        long started;
        try (AutoCloseable _ = contestant.begin(inputs, output, group)) {
            started = send(inputs, pace, count);
            awaitCommitted(group, count);
        }
        Ledger ledger = read(output, count);
        for (int n = 0; n < count; n++) {
            if (ledger.has(n)) {
                latencies.add(ledger.appended(n) * 1_000_000 - started - pace.due(n));
            }
        }
        String times =
                "p50 %.1f ms, p99 %.1f ms, of %d"
                        .formatted(latencies.millis(50), latencies.millis(99), latencies.count());
        row(Figures.rounded(perSecond, 0) + "/s", times);
        return ledger.findings();
    }

    /** {@return the time that the pace counts from, in nanoseconds since 1970} */
    private long send(List<String> inputs, Pace pace, int count) throws InterruptedException {
        Map<String, Object> prompt = new HashMap<>(broker.producer());
        prompt.put("linger.ms", 0);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(prompt)) {
            inputs.forEach(producer::partitionsFor);
            long start = System.nanoTime();
            long wall = System.currentTimeMillis() * 1_000_000;
            for (int n = 0; n < count; n++) {
                long due = start + pace.due(n);
                for (long left = due - System.nanoTime();
                        left > 0;
                        left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                send(producer, inputs, n);
            }
            producer.flush();
            allSent();
            return wall;
        }
    }

    /** Done is what is committed: whoever has answered twice is not done any sooner. */
    private void awaitCommitted(String group, long count)
            throws ExecutionException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long done = broker.committed(group); done < count; done = broker.committed(group)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(group + ": " + done + " (expected: " + count + ")");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Ledger read(String topic, int count) throws IOException {
        Ledger ledger = new Ledger(orders, count);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(broker.reader())) {
            List<TopicPartition> partitions = BenchBroker.partitions(topic);
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(READ)) {
                    ledger.take(each.value(), each.timestamp());
                }
            }
        }
        return ledger;
    }
}
