package dev.mayfly.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mayfly.kafka.EventApp;
import dev.mayfly.kafka.KafkaEvents;
import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.kafka.TopicRules;
import dev.mayfly.kafka.TrialRecord;
import dev.mayfly.kafka.TriedRecord;
import dev.mayfly.pool.FunctionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tries functions on records.
 *
 * @param server what a function is told of the server
 * @param wake wakes the guests' threads
 */
record EventTrials(KafkaSettings server, Runnable wake) {
    /** Of a server that may have no brokers: nobody asks those that stand here then. */
    static EventTrials of(Optional<KafkaSettings> settings, Runnable wake) {
        return new EventTrials(
                settings.orElseGet(() ->
                        new KafkaSettings(
                                List.of("none:9092"),
                                KafkaSettings.Security.NONE,
                                new TopicRules(List.of()),
                                "Mayfly/" + Version.current(),
                                KafkaSettings.DEFAULT_MAX_OUTPUT,
                                KafkaSettings.DEFAULT_REVOKE_TIMEOUT,
                                KafkaSettings.DEFAULT_SESSION_TIMEOUT)),
                wake);
    }

    Optional<TriedEvent> send(TrialEvent event, LoadedApp app, Duration longest)
            throws InterruptedException {
        FunctionId function = new FunctionId(app.app(), app.revision(), event.trigger().function());
        EventApp events =
                new EventApp(
                        app.app(),
                        app.revision(),
                        app.appRoutes().manifest(),
                        app.appRoutes().functions());
        return KafkaEvents.trial(events, event.trigger(), record(event), server, wake, longest)
                .map(tried -> tried(function, tried));
    }

    private static TrialRecord record(TrialEvent event) {
        TrialEvent.Place place = event.place();
        return new TrialRecord(
                place.topic(),
                place.partition(),
                place.offset(),
                place.timestamp().toEpochMilli(),
                event.key(),
                event.value(),
                event.headers().stream()
                        .map(field ->
                                new TrialRecord.Header(
                                        field.name(), field.value().getBytes(ISO_8859_1)))
                        .toList(),
                place.attempt());
    }

    private static TriedEvent tried(FunctionId function, TriedRecord tried) {
        return new TriedEvent(
                tried.ran().map(ran -> TrialDesk.run(function, ran.outcome(), ran.evidence())),
                tried.failure(),
                tried.produced().map(EventTrials::produced),
                tried.log());
    }

    private static TriedEvent.Produced produced(TriedRecord.Produced produced) {
        return new TriedEvent.Produced(
                produced.key(),
                produced.value(),
                produced.headers().stream()
                        .map(header ->
                                new TrialRequest.Field(
                                        header.key(), new String(header.value(), ISO_8859_1)))
                        .toList());
    }
}
