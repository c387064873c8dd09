package dev.mayfly.gateway;

import dev.mayfly.kafka.KafkaSettings.Login;
import dev.mayfly.kafka.TopicRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of where events come from. */
final class KafkaEntries {
    private static final int OUTPUT_CEILING = 16 << 20;
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(6);
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(30);
    private static final Pattern BROKER =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]\\s]+):(\\d{1,5})");
    private static final Pattern RULE =
            Pattern.compile("([a-z0-9*][a-z0-9*-]*):([A-Za-z0-9._*-]{1,249})");
    private static final Form<Path> READABLE = new Form<>(Form.FILE.said(), KafkaEntries::file);
    private static final Form<String> TEXT = Form.of("text", "anything", text -> text);

    static final Entry<List<String>> BROKERS =
            Entry.unset(
                            "kafka.brokers",
                            Form.of(
                                    "brokers",
                                    "`host:port` or `[v6]:port`: a list in mayfly.toml, elsewhere with commas",
                                    KafkaEntries::brokers),
                            "none: no events",
                            "Brokers to begin with; the others are found by them.")
                    .flag("--kafka");
    static final Entry<TopicRules> TOPICS =
            Entry.unset(
                    "kafka.topics",
                    Form.of(
                            "rules",
                            "`app:topic`, with `*` for any characters: a list in mayfly.toml, elsewhere with commas: `invoices:orders,shop-*:*`",
                            KafkaEntries::rules),
                    "none: no app may use a topic",
                    "Which app may use which topic.");
    static final Entry<Boolean> TLS =
            Entry.of(
                    "kafka.tls",
                    Form.YES_OR_NO,
                    "false",
                    "Whether brokers are spoken to over TLS.");
    static final Entry<Path> CA_FILE =
            Entry.unset(
                    "kafka.ca_file",
                    READABLE,
                    "none: whom this Java trusts",
                    "Who vouches for the brokers.");
    static final Entry<Path> CERTIFICATE =
            Entry.unset(
                    "kafka.certificate_file",
                    READABLE,
                    "none",
                    "The certificate that brokers are shown.");
    static final Entry<Path> KEY =
            Entry.unset("kafka.key_file", READABLE, "none", "Its key, without a passphrase.");
    static final Entry<Login.Mechanism> MECHANISM =
            Entry.of(
                    "kafka.mechanism",
                    Form.of(
                            "choice",
                            "`PLAIN` (over TLS only), `SCRAM-SHA-256` or `SCRAM-SHA-512`",
                            KafkaEntries::mechanism),
                    "SCRAM-SHA-512",
                    "How the user logs in.");
    static final Entry<String> USERNAME =
            Entry.unset("kafka.username", TEXT, "none: no login", "The user.");
    static final Entry<String> PASSWORD =
            Entry.unset("kafka.password", TEXT, "none", "The user's password.").secret();
    static final Entry<Integer> MAX_OUTPUT =
            Entry.of(
                    "kafka.max_output",
                    Form.of("size", "a size, at most `16MiB`", KafkaEntries::output),
                    "1MiB",
                    "What a function may write for one record.");
    static final Entry<Duration> REVOKE_TIMEOUT =
            Entry.of(
                    "kafka.revoke_timeout",
                    Form.DURATION,
                    "10s",
                    "How long runs may take whose partition goes to another gateway.");
    static final Entry<Duration> SESSION_TIMEOUT =
            Entry.of(
                    "kafka.session_timeout",
                    Form.of("duration", "a duration from `6s` to `30m`", KafkaEntries::session),
                    "15s",
                    "How long a gateway may be silent before others get its partitions.");

    private KafkaEntries() {}

    static SettingGroup group() {
        return new SettingGroup(
                "Kafka",
                SettingTable.settings(
                        BROKERS,
                        TOPICS,
                        TLS,
                        CA_FILE,
                        CERTIFICATE,
                        KEY,
                        MECHANISM,
                        USERNAME,
                        PASSWORD,
                        MAX_OUTPUT,
                        REVOKE_TIMEOUT,
                        SESSION_TIMEOUT));
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
        Path file = SettingValues.path(text);
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
        return new TopicRules(SettingValues.list(text).stream().map(KafkaEntries::rule).toList());
    }

    private static TopicRules.Rule rule(String text) {
        Matcher match = RULE.matcher(text);
        if (!match.matches()) {
            throw SettingValues.expected(
                    text, "app:topic, with * for any characters: invoices:orders, or shop-*:*");
        }
        return new TopicRules.Rule(match.group(1), match.group(2));
    }

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
