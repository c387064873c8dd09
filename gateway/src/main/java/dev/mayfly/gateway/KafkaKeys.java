package dev.mayfly.gateway;

import dev.mayfly.kafka.EventLog;
import dev.mayfly.kafka.KafkaEvents;
import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.kafka.KafkaSettings.Certificate;
import dev.mayfly.kafka.KafkaSettings.Login;
import dev.mayfly.kafka.KafkaSettings.Security;
import dev.mayfly.kafka.RecordName;
import dev.mayfly.kafka.TopicRules;
import dev.mayfly.pool.FunctionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the table kafka of the settings: without brokers there is no Kafka. */
final class KafkaKeys {
    private static final List<Entry<?>> OTHERS =
            List.of(
                    KafkaEntries.TLS,
                    KafkaEntries.CA_FILE,
                    KafkaEntries.CERTIFICATE,
                    KafkaEntries.KEY,
                    KafkaEntries.MECHANISM,
                    KafkaEntries.USERNAME,
                    KafkaEntries.PASSWORD);

    private final SettingsReader settings;

    KafkaKeys(SettingsReader settings) {
        this.settings = settings;
    }

    Optional<KafkaSettings> read() {
        List<String> brokers = settings.value(KafkaEntries.BROKERS);
        Security security = security();
        TopicRules topics = settings.value(KafkaEntries.TOPICS);
        int maxOutput = settings.value(KafkaEntries.MAX_OUTPUT);
        Duration revoke = settings.value(KafkaEntries.REVOKE_TIMEOUT);
        Duration session = settings.value(KafkaEntries.SESSION_TIMEOUT);
        if (brokers.isEmpty()) {
            OTHERS.forEach(each -> {
                settings.complain(each, "says nothing without kafka.brokers", "set kafka.brokers");
            });
            return Optional.empty();
        }
        KafkaSettings read =
                new KafkaSettings(
                        brokers,
                        security,
                        topics,
                        "Mayfly/" + Version.current(),
                        maxOutput,
                        revoke,
                        session);
        check(read);
        return Optional.of(read);
    }

    /** What only Kafka's clients can tell, such as what a file of certificates holds. */
    private void check(KafkaSettings read) {
        try {
            KafkaEvents.open(read, new Unheard(), () -> {}).close();
        } catch (IllegalArgumentException e) {
            settings.complain(
                    KafkaEntries.BROKERS, String.valueOf(e.getMessage()), "correct the settings");
        }
    }

    /** Of a trigger that never has a record. */
    private record Unheard() implements EventLog {
        @Override
        public void guestLine(FunctionId function, RecordName record, String line) {}

        @Override
        public void failure(FunctionId function, RecordName record, String cause) {}
    }

    private Security security() {
        boolean tls = settings.value(KafkaEntries.TLS);
        Optional<Path> authority = settings.optional(KafkaEntries.CA_FILE);
        Optional<Path> chain = settings.optional(KafkaEntries.CERTIFICATE);
        Optional<Path> key = settings.optional(KafkaEntries.KEY);
        Optional<Login> login = login(tls);
        if (!tls) {
            for (Entry<?> each :
                    List.of(KafkaEntries.CA_FILE, KafkaEntries.CERTIFICATE, KafkaEntries.KEY)) {
                settings.complain(each, "says nothing without TLS", "set kafka.tls = true");
            }
        }
        alone(chain.isPresent(), KafkaEntries.CERTIFICATE, key.isPresent(), KafkaEntries.KEY);
        return new Security(
                tls,
                authority,
                chain.flatMap(file -> key.map(its -> new Certificate(file, its))),
                login);
    }

    private Optional<Login> login(boolean tls) {
        Login.Mechanism mechanism = settings.value(KafkaEntries.MECHANISM);
        Optional<String> name = settings.optional(KafkaEntries.USERNAME);
        Optional<String> password = settings.optional(KafkaEntries.PASSWORD);
        alone(name.isPresent(), KafkaEntries.USERNAME, password.isPresent(), KafkaEntries.PASSWORD);
        if (name.isEmpty()) {
            settings.complain(
                    KafkaEntries.MECHANISM, "says nothing without a user", "set kafka.username");
        }
        if (mechanism == Login.Mechanism.PLAIN && !tls) {
            settings.complain(
                    KafkaEntries.MECHANISM,
                    "PLAIN would send the password readable (expected: with TLS only)",
                    "set kafka.tls = true, or choose SCRAM-SHA-512");
        }
        return name.flatMap(user -> password.map(secret -> new Login(mechanism, user, secret)));
    }

    /** Of the two, one needs the other. */
    private void alone(boolean one, Entry<?> its, boolean other, Entry<?> others) {
        if (one != other) {
            Entry<?> there = one ? its : others;
            String missing = (one ? others : its).key();
            settings.complain(there, "needs " + missing + " as well", "set " + missing);
        }
    }
}
