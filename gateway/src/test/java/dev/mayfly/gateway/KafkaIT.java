package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with a real broker, and functions that no route leads to. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // start comes before all
class KafkaIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir static Path shared;
    private static LocalBroker.Running broker;
    private static Topics topics;

    @TempDir Path folder;
    private Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        broker = new EmbeddedBroker().start(shared);
        topics = new Topics(broker.address());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void open() {
        gateway =
                Gateway.open(
                        PlayedServer.settings(
                                folder,
                                "kafka.brokers",
                                broker.address(),
                                "kafka.topics",
                                "shop:in-*,shop:out-*,shop:dead-*",
                                "kafka.max_output",
                                "1KiB",
                                "kafka.revoke_timeout",
                                "1s"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    /** An app without a route: {@code event} runs on what comes to {@code in-name}. */
    private AppSource app(String name) {
        return new AppFolder(folder.resolve("app"))
                .with("event-rust")
                .app(
                        """
                        [[trigger.kafka]]
                        topics = ["in-%1$s"]
                        group = "g-%1$s"
                        start_from = "earliest"
                        function = "event"
                        output_topic = "out-%1$s"
                        dead_letter_topic = "dead-%1$s"
                        retry = { attempts = 2, backoff = "10ms", max_backoff = "20ms" }
                        [function.event]
                        source = "event-rust.wasm"
                        """
                                .formatted(name));
    }

    private void deploy(AppSource app) {
        assertThat(gateway.deploy(app)).isInstanceOf(DeployResult.Deployed.class);
    }

    @Test
    void aFunctionWithoutARouteIsProbedAndRunsOnRecords() throws Exception {
        deploy(app("plain"));
        topics.produce("in-plain", "k", "text=hello", "text=again");
        assertThat(topics.first("out-plain", 2))
                .extracting(ConsumerRecord::key, ConsumerRecord::value)
                .containsExactly(tuple("k", "hello"), tuple("k", "again"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(trigger().records()).isEqualTo(new TriggerRow.Records(2, 0, 0)));
    }

    @Test
    void aRunForARecordIsAnActivationWithThePlaceOfTheRecord() throws Exception {
        deploy(app("kept"));
        topics.produce("in-kept", "k", "upto=1&exit=3&always&variable=X_REQUEST_ID");
        String id = topics.first("out-kept", 1).getFirst().value();
        ActivationQuery all =
                new ActivationQuery(
                        _ -> true, Optional.empty(), Optional.empty(), Optional.empty(), 10);
        assertThat(gateway.activations().newest(all))
                .extracting(
                        Activation::id,
                        Activation::method,
                        Activation::path,
                        Activation::status,
                        each -> each.end().outcome(),
                        each -> each.end().exitCode())
                .containsExactlyInAnyOrder(
                        tuple(id, "EVENT", "in-kept/0/0", 0, "succeeded", 0),
                        tuple(id, "EVENT", "in-kept/0/0", 0, "failed", 3));
        Activation newest = gateway.activations().find(id).orElseThrow();
        assertThat(newest.place()).isEqualTo(new Activation.Place("shop", 0, "event", ""));
        assertThat(newest.spent().guestNanos()).isPositive();
    }

    private TriggerRow trigger() {
        return gateway.events().orElseThrow().triggers().getFirst();
    }

    @Test
    @Tag("limit:kafka.max_output")
    @Tag("limit:kafka.revoke_timeout")
    @Tag("limit:kafka.session_timeout")
    void whatIsTooLargeToBeProducedIsADeadLetterWithTheLimitInItsEvidence() throws Exception {
        deploy(app("large"));
        topics.produce("in-large", "k", "bytes=2000");
        ConsumerRecord<String, String> dead = topics.first("dead-large", 1).getFirst();
        assertThat(Topics.header(dead, "mayfly-error")).contains("kafka.max_output");
        assertThat(dead.value()).isEqualTo("bytes=2000");
        String tags = "{app=\"shop\",function=\"event\",group=\"g-large\"}";
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Scrape.of(gateway).values())
                                .containsEntry("mayfly_kafka_failed_attempts_total" + tags, 2.0)
                                .containsKey("mayfly_kafka_rebalances_total" + tags));
    }

    @Test
    void deadLettersAreTheAppsOwnAndAreSentAgainToWhereTheyCameFrom() throws Exception {
        deploy(app("again"));
        topics.produce("in-again", "k", "upto=2&exit=3&always&text=better");
        topics.first("dead-again", 1);
        Events events = gateway.events().orElseThrow();
        assertThat(events.deadLetterTopics("shop")).containsExactly("dead-again");
        FailedRecord letter = events.deadLetters("shop", "dead-again", 10).getFirst();
        assertThat(letter.evidence())
                .containsEntry("app", "shop")
                .containsEntry("attempts", "2")
                .containsEntry("exit-code", "3");
        assertThat(events.deadLetters("other", "dead-again", 10)).isEmpty();
        assertThat(events.deadLetters("shop", "in-again", 10)).isEmpty();
        assertThat(events.deadLetter("shop", letter.at())).contains(letter);
        FailedRecord.Place to = events.replay("shop", letter.at()).orElseThrow();
        assertThat(to.topic()).isEqualTo("in-again");
        assertThat(topics.first("in-again", 2).getLast().offset()).isEqualTo(to.offset());
        assertThat(topics.first("dead-again", 2)).hasSize(2);
    }

    @Test
    void aStopLetsARecordUnderWayEndAndCommitsIt() throws Exception {
        AppSource app = app("drain");
        deploy(app);
        topics.produce("in-drain", "k", "sleep=2000&text=ended");
        await().atMost(PATIENCE)
                .until(() ->
                        trigger().partitions().stream().anyMatch(each -> each.inFlight() == 1));
        gateway.stop();
        assertThat(topics.first("out-drain", 1))
                .extracting(ConsumerRecord::value)
                .containsExactly("ended");
        open();
        deploy(app);
        topics.produce("in-drain", "k", "text=next");
        assertThat(topics.first("out-drain", 2))
                .extracting(ConsumerRecord::value)
                .containsExactly("ended", "next");
    }

    @Test
    void topicsThatNoRuleAllowsRefuseTheApp() {
        AppSource wanted =
                new AppFolder(folder.resolve("app"))
                        .with("event-rust")
                        .app(
                                """
                                [[trigger.kafka]]
                                topics = ["in-x", "salaries"]
                                function = "event"
                                output_topic = "published"
                                [function.event]
                                source = "event-rust.wasm"
                                """);
        assertThat(gateway.deploy(wanted))
                .isInstanceOfSatisfying(
                        DeployResult.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .extracting(Problem::key, Problem::mend)
                                        .containsExactly(
                                                tuple(
                                                        "trigger.kafka[0].topics[1]",
                                                        "add \"shop:salaries\" to kafka.topics of the"
                                                                + " server"),
                                                tuple(
                                                        "trigger.kafka[0].output_topic",
                                                        "add \"shop:published\" to kafka.topics of"
                                                                + " the server")));
    }

    @Test
    void aServerWithoutBrokersRefusesTriggersAndSaysWhatToSet() {
        try (Gateway without = Gateway.open(PlayedServer.settings(folder.resolve("without")))) {
            assertThat(without.deploy(app("none")))
                    .isInstanceOfSatisfying(
                            DeployResult.Refused.class,
                            refused ->
                                    assertThat(refused.problems())
                                            .extracting(Problem::mend)
                                            .containsExactly(
                                                    "set kafka.brokers, or mayfly up --kafka"));
            assertThat(without.events()).isEmpty();
        }
    }
}
