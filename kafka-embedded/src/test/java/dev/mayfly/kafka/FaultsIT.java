package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records under load while something goes wrong, with a function that fails in a tenth of its runs,
 * hangs in a hundredth and traps on one key. Afterwards each record is done or a dead letter, order
 * by key is intact, and no more is repeated than the windows of those that were killed. {@code
 * -Pfaults} tries every fault, longer; otherwise the kill alone. {@code -Dmayfly.fault=MEMBERS}
 * tries only that one.
 */
@Timeout(value = 1800, unit = TimeUnit.SECONDS)
final class FaultsIT extends OneTrigger {
    private static final boolean LONG = Integer.getInteger("mayfly.fuzz.runs", 0) > 0;
    private static final String ONLY = System.getProperty("mayfly.fault", "");
    private static final int RECORDS = LONG ? 8_000 : 400;
    private static final int ROUNDS = LONG ? 3 : 1;
    private static final int KEYS = 41;
    private static final int WINDOW = 16;
    private static final int PARTITIONS = 2;
    private static final Duration END = Duration.ofMinutes(10);
    private static final String FUNCTION =
            doing("percent=10&exit=1&always&percent=1&hang&always&key=k13&trap&always&echo")
                    + "limits = { timeout = \"400ms\" }\n";

    private final RecordLedger ledger = new RecordLedger();
    private String dead = "";
    private String trigger = "";
    private int kills;

    /** What goes wrong. */
    enum Fault {
        KILL,
        BROKER,
        MEMBERS,
        DEPLOYS
    }

    static Stream<Arguments> faults() {
        return Stream.of(Fault.values())
                .filter(fault ->
                        ONLY.isEmpty() ? LONG || fault == Fault.KILL : ONLY.equals(fault.name()))
                .flatMap(fault -> Stream.of(Arguments.of(fault, false), Arguments.of(fault, true)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void allIsDoneInOrderAndNoMoreIsRepeatedThanMayBe(Fault fault, boolean exactlyOnce)
            throws Exception {
        dead = topics.make(stage.name("dead"), 1);
        trigger = trigger(exactlyOnce);
        write(RECORDS / 4);
        switch (fault) {
            case KILL -> kill();
            case BROKER -> restartTheBroker();
            case MEMBERS -> comeAndGo();
            case DEPLOYS -> deploy();
        }
        List<ConsumerRecord<byte[], byte[]>> done = topics.all(out);
        List<ConsumerRecord<byte[], byte[]>> letters = topics.all(dead);
        int duplicates = RecordLedger.duplicates(done, letters);
        int most = exactlyOnce ? 0 : kills * PARTITIONS * WINDOW;
        System.out.printf(
                "FaultsIT: %s exactly_once=%s records=%d out=%d dead=%d kills=%d duplicates=%d"
                        + " (at most %d)%n",
                fault,
                exactlyOnce,
                ledger.count(),
                done.size(),
                letters.size(),
                kills,
                duplicates,
                most);
        assertThat(ledger.isComplete(done, letters)).isTrue();
        RecordLedger.assertInOrder(done);
        assertThat(duplicates).isLessThanOrEqualTo(most);
    }

    private String trigger(boolean exactlyOnce) {
        return "topics = [\""
                + in
                + "\"]\noutput_topic = \""
                + out
                + "\"\n"
                + "dead_letter_topic = \""
                + dead
                + "\"\n"
                + "max_in_flight = "
                + WINDOW
                + "\nexactly_once = "
                + exactlyOnce
                + "\n"
                + "retry = { attempts = 8, backoff = \"2ms\", max_backoff = \"20ms\" }\n";
    }

    private void write(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            String key = "k" + ledger.count() % KEYS;
            topics.send(in, key, ledger.next(key));
        }
        topics.flush();
    }

    /** Waits until so much of what is written is committed. */
    private void awaitShare(double share) {
        await().atMost(END)
                .until(() -> topics.committed(group()) >= (long) (share * ledger.count()));
    }

    private void awaitAll() {
        awaitShare(1);
        await().atMost(END).until(() -> ledger.isComplete(topics.all(out), topics.all(dead)));
    }

    private void kill() throws Exception {
        events.serve(List.of(stage.app(app, 1, trigger, FUNCTION)));
        for (int round = 0; round < ROUNDS; round++) {
            try (Member other = member()) {
                await().atMost(END).until(() -> stats().partitions().size() == 1);
                int its = 1 - stats().partitions().getFirst().partition();
                long before = topics.committed(group(), in, its);
                write(RECORDS / 4);
                await().atMost(END).until(() -> topics.committed(group(), in, its) > before + 20);
                other.kill();
                kills++;
            }
            await().atMost(END).until(() -> stats().partitions().size() == 2);
        }
        awaitAll();
    }

    private Member member() throws IOException {
        Path cache = stage.folder().resolve("member");
        return Member.start(cache, stage.address(), app, trigger, FUNCTION);
    }

    private void restartTheBroker() throws Exception {
        events.serve(List.of(stage.app(app, 1, trigger, FUNCTION)));
        for (int round = 0; round < ROUNDS; round++) {
            write(RECORDS / 4);
            awaitShare(0.6);
            stage.stopBroker();
            stage.startBrokerAgain();
        }
        awaitAll();
    }

    private void comeAndGo() throws Exception {
        EventApp all = stage.app(app, 1, trigger, FUNCTION);
        events.serve(List.of(all));
        for (int round = 0; round < 4 * ROUNDS; round++) {
            write(RECORDS / 16);
            try (KafkaEvents other = stage.events(log)) {
                other.serve(List.of(all));
                await().atMost(END)
                        .until(() ->
                                other.stats().stream().anyMatch(each -> each.counts().done() > 0));
                other.drain(Duration.ofSeconds(5));
            }
        }
        awaitAll();
    }

    private void deploy() throws Exception {
        for (int round = 0; round < 5 * ROUNDS; round++) {
            EventApp next = stage.app(app, round + 1, trigger, FUNCTION);
            events.serve(List.of(next));
            write(RECORDS / 20);
            awaitShare(0.5);
        }
        awaitAll();
        assertThat(counts().rebalances()).isEqualTo(1);
    }
}
