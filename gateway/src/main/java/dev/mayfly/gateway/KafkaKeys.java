package dev.mayfly.gateway;

import dev.mayfly.kafka.EventLog;
import dev.mayfly.kafka.KafkaEvents;
import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.kafka.KafkaSettings.Certificate;
import dev.mayfly.kafka.KafkaSettings.Login;
import dev.mayfly.kafka.KafkaSettings.Security;
import dev.mayfly.kafka.TopicRules;
import dev.mayfly.pool.FunctionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the table kafka of the settings: without brokers there is no Kafka. */
final class KafkaKeys {
    private static final String BROKERS = "kafka.brokers";
    private static final String TLS = "kafka.tls";
    private static final String CERTIFICATE = "kafka.certificate_file";
    private static final String KEY = "kafka.key_file";
    private static final String MECHANISM = "kafka.mechanism";
    private static final String USERNAME = "kafka.username";
    private static final String PASSWORD = "kafka.password";
    private static final List<String> OTHERS =
            List.of(TLS, "kafka.ca_file", CERTIFICATE, KEY, MECHANISM, USERNAME, PASSWORD);

    private static final int OUTPUT_CEILING = 16 << 20;
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(6);
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(30);
    private static final Pattern BROKER =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]\\s]+):(\\d{1,5})");
    private static final Pattern RULE =
            Pattern.compile("([a-z0-9*][a-z0-9*-]*):([A-Za-z0-9._*-]{1,249})");

    private final SettingsReader settings;

    KafkaKeys(SettingsReader settings) {
        this.settings = settings;
    }

    Optional<KafkaSettings> read() {
        List<String> brokers = settings.value(BROKERS, "", KafkaKeys::brokers);
        Security security = security();
        TopicRules topics = settings.value("kafka.topics", "", KafkaKeys::rules);
        int maxOutput = settings.value("kafka.max_output", "1MiB", KafkaKeys::output);
        Duration revoke = settings.value("kafka.revoke_timeout", "10s", SettingValues::duration);
        Duration session = settings.value("kafka.session_timeout", "15s", KafkaKeys::session);
        if (brokers.isEmpty()) {
            OTHERS.forEach(key -> {
                settings.complain(key, "says nothing without kafka.brokers", "set kafka.brokers");
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
            settings.complain(BROKERS, String.valueOf(e.getMessage()), "correct the settings");
        }
    }

    /** Of a trigger that never has a record. */
    private record Unheard() implements EventLog {
        @Override
        public void guestLine(FunctionId function, String requestId, String line) {}

        @Override
        public void failure(FunctionId function, String requestId, String cause) {}
    }

    private Security security() {
        boolean tls = settings.value(TLS, "false", SettingValues::yesOrNo);
        Optional<Path> authority = settings.optional("kafka.ca_file", KafkaKeys::file);
        Optional<Path> chain = settings.optional(CERTIFICATE, KafkaKeys::file);
        Optional<Path> key = settings.optional(KEY, KafkaKeys::file);
        Optional<Login> login = login(tls);
        if (!tls) {
            for (String each : List.of("kafka.ca_file", CERTIFICATE, KEY)) {
                settings.complain(each, "says nothing without TLS", "set kafka.tls = true");
            }
        }
        alone(chain.isPresent(), CERTIFICATE, key.isPresent(), KEY);
        return new Security(
                tls,
                authority,
                chain.flatMap(file -> key.map(its -> new Certificate(file, its))),
                login);
    }

    private Optional<Login> login(boolean tls) {
        Login.Mechanism mechanism =
                settings.value(MECHANISM, "SCRAM-SHA-512", KafkaKeys::mechanism);
        Optional<String> name = settings.optional(USERNAME, text -> text);
        Optional<String> password = settings.optional(PASSWORD, text -> text);
        alone(name.isPresent(), USERNAME, password.isPresent(), PASSWORD);
        if (name.isEmpty()) {
            settings.complain(MECHANISM, "says nothing without a user", "set kafka.username");
        }
        if (mechanism == Login.Mechanism.PLAIN && !tls) {
            settings.complain(
                    MECHANISM,
                    "PLAIN would send the password readable (expected: with TLS only)",
                    "set kafka.tls = true, or choose SCRAM-SHA-512");
        }
        return name.flatMap(user -> password.map(secret -> new Login(mechanism, user, secret)));
    }

    /** Of the two, one needs the other. */
    private void alone(boolean one, String itsKey, boolean other, String otherKey) {
        if (one != other) {
            String there = one ? itsKey : otherKey;
            String missing = one ? otherKey : itsKey;
            settings.complain(there, "needs " + missing + " as well", "set " + missing);
        }
    }

    private static List<String> brokers(String text) {
        List<String> brokers = SettingValues.list(text);
        for (String broker : brokers) {
            Matcher match = BROKER.matcher(broker);
            if (!match.matches() || Integer.parseInt(match.group(1)) > 65_535) {
                throw SettingValues.expected(
                        broker, "host:port or [v6]:port, a port up to 65535; several with commas");
            }
        }
        return brokers;
    }

    private static Path file(String text) {
        Path file = Path.of(text);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw SettingValues.expected(text, "a file in PEM form that this user may read");
        }
        return file;
    }

    private static Login.Mechanism mechanism(String text) {
        for (Login.Mechanism each : Login.Mechanism.values()) {
            if (each.name().replace('_', '-').equals(text)) {
                return each;
            }
        }
        throw SettingValues.expected(text, "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
    }

    private static TopicRules rules(String text) {
        return new TopicRules(SettingValues.list(text).stream().map(KafkaKeys::rule).toList());
    }

    private static TopicRules.Rule rule(String text) {
        Matcher match = RULE.matcher(text);
        if (!match.matches()) {
            throw SettingValues.expected(
                    text, "app:topic, with * for any characters: invoices:orders, or shop-*:*");
        }
        return new TopicRules.Rule(match.group(1), match.group(2));
    }

    /** What brokers take unless they are told otherwise. */
    private static Duration session(String text) {
        Duration silent = SettingValues.duration(text);
        if (silent.compareTo(SHORTEST_SESSION) < 0 || silent.compareTo(LONGEST_SESSION) > 0) {
            throw SettingValues.expected(text, "6s to 30m");
        }
        return silent;
    }

    private static int output(String text) {
        long bytes = SettingValues.size(text);
        if (bytes > OUTPUT_CEILING) {
            throw SettingValues.expected(text, "at most 16MiB");
        }
        return (int) bytes;
    }
}
