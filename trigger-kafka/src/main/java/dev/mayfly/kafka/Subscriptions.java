package dev.mayfly.kafka;

import dev.mayfly.kafka.Subscription.Identity;
import dev.mayfly.kafka.Subscription.Shared;
import dev.mayfly.manifest.KafkaTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every subscription by its identity, and what becomes of them at a deploy. Any thread. */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final Shared shared;
    private final Map<Identity, Subscription> present = new LinkedHashMap<>();
    private final List<Subscription> leaving = new ArrayList<>();
    private boolean closed;

    Subscriptions(Shared shared) {
        this.shared = shared;
    }

    /** Whether there is any now. */
    synchronized boolean serve(List<EventApp> apps) {
        if (closed) {
            return false;
        }
        Map<Identity, Target> wanted = new LinkedHashMap<>();
        apps.forEach(app -> collect(app, wanted));
        leaving.removeIf(Subscription::isOver);
        for (Identity gone :
                present.keySet().stream().filter(is -> !wanted.containsKey(is)).toList()) {
            end(gone, shared.settings().revokeTimeout());
        }
        wanted.forEach(this::serve);
        return !present.isEmpty();
    }

    private void serve(Identity identity, Target target) {
        Subscription there = present.get(identity);
        if (there == null) {
            Subscription come = new Subscription(identity, target, shared);
            present.put(identity, come);
            come.start();
        } else if (!there.target().function().equals(target.function())
                || !there.target().trigger().equals(target.trigger())) {
            there.swap(target);
        }
    }

    private void end(Identity identity, Duration most) {
        Subscription gone = present.remove(identity);
        if (gone != null) {
            gone.leave(most);
            leaving.add(gone);
        }
    }

    private void collect(EventApp app, Map<Identity, Target> wanted) {
        Map<Identity, Integer> equal = new HashMap<>();
        for (KafkaTrigger trigger : app.manifest().kafka()) {
            if (allowed(app.app(), trigger)) {
                Identity first = identity(app, trigger, 0);
                int ordinal = equal.merge(first, 1, Integer::sum) - 1;
                Target target = Target.of(app, trigger, shared.settings().serverSoftware());
                wanted.put(identity(app, trigger, ordinal), target);
            }
        }
    }

    private static Identity identity(EventApp app, KafkaTrigger trigger, int ordinal) {
        return new Identity(
                app.app(),
                trigger.function(),
                trigger.group(),
                trigger.startFrom(),
                trigger.exactlyOnce(),
                ordinal);
    }

    private boolean allowed(String app, KafkaTrigger trigger) {
        TopicRules rules = shared.settings().topics();
        List<String> denied =
                Stream.of(
                                trigger.topics().stream(),
                                trigger.outputTopic().stream(),
                                trigger.deadLetterTopic().stream())
                        .flatMap(topics -> topics)
                        .filter(topic -> !rules.allow(app, topic))
                        .toList();
        if (!denied.isEmpty()) {
            LOG.error(
                    "{}: not subscribed to {}: the server does not allow it the topics {}",
                    app,
                    trigger.topics(),
                    denied);
        }
        return denied.isEmpty();
    }

    synchronized List<TriggerStats> stats() {
        return present.values().stream().map(Subscription::stats).toList();
    }

    /** Ends them all; what runs may go on for {@code most}. Blocks until they are over. */
    void end(Duration most) {
        List<Subscription> ending;
        synchronized (this) {
            closed = true;
            List.copyOf(present.keySet()).forEach(each -> end(each, most));
            leaving.forEach(each -> each.leave(most));
            ending = List.copyOf(leaving);
        }
        try {
            for (Subscription each : ending) {
                each.await();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
