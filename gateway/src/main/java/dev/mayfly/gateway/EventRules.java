package dev.mayfly.gateway;

import dev.mayfly.kafka.EventApp;
import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.manifest.KafkaTrigger;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which Kafka triggers may be served here, and by which revision. */
final class EventRules {
    private final Optional<KafkaSettings> kafka;

    EventRules(Optional<KafkaSettings> kafka) {
        this.kafka = kafka;
    }

    /** What keeps the triggers of an app from being served by this server. */
    List<Problem> refusals(Manifest manifest) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < manifest.kafka().size(); i++) {
            String trigger = "trigger.kafka[" + i + "]";
            if (kafka.isEmpty()) {
                problems.add(
                        problem(
                                manifest,
                                trigger,
                                "this server has no Kafka brokers",
                                "set kafka.brokers, or mayfly up --kafka"));
            } else {
                denied(manifest, manifest.kafka().get(i), trigger, problems);
            }
        }
        return problems;
    }

    private void denied(Manifest manifest, KafkaTrigger trigger, String key, List<Problem> into) {
        for (int i = 0; i < trigger.topics().size(); i++) {
            denied(manifest, key + ".topics[" + i + "]", trigger.topics().get(i), into);
        }
        trigger.deadLetterTopic()
                .ifPresent(topic -> denied(manifest, key + ".dead_letter_topic", topic, into));
        trigger.outputTopic()
                .ifPresent(topic -> denied(manifest, key + ".output_topic", topic, into));
    }

    private void denied(Manifest manifest, String key, String topic, List<Problem> into) {
        String app = manifest.app().name();
        if (kafka.stream().noneMatch(settings -> settings.topics().allow(app, topic))) {
            into.add(
                    problem(
                            manifest,
                            key,
                            "topic \"%s\" is not allowed for app %s (expected: a rule in kafka.topics of the server)"
                                    .formatted(topic, app),
                            "add \"%s:%s\" to kafka.topics of the server".formatted(app, topic)));
        }
    }

    private static Problem problem(Manifest manifest, String key, String message, String mend) {
        Place place = manifest.places().of(key);
        return new Problem(place.line(), place.column(), key, message, mend);
    }

    /**
     * Records are not shared between revisions, since one group reads a partition in order: they go
     * to the revision with the largest share, the newest of equals.
     */
    static List<EventApp> apps(Collection<AppTraffic> traffics) {
        return traffics.stream().map(EventRules::app).toList();
    }

    static EventApp app(AppTraffic traffic) {
        AppTraffic.Share largest =
                traffic.shares().stream()
                        .max(
                                Comparator.comparingInt(AppTraffic.Share::percent)
                                        .thenComparingLong(share -> share.app().revision()))
                        .orElseThrow();
        LoadedApp loaded = LoadedApp.of(largest.app());
        return new EventApp(
                loaded.app(),
                loaded.revision(),
                loaded.appRoutes().manifest(),
                loaded.appRoutes().functions());
    }
}
