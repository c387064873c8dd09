package dev.mayfly.gateway;

import static dev.mayfly.gateway.ReadSettings.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaKeysTest {
    private static final String SECRET = "hunter2";

    @TempDir Path folder;

    private static Parsed<ServerSettings> read(String... pairs) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put("kafka." + pairs[i], pairs[i + 1]);
        }
        return ServerSettings.read(Optional.empty(), Map.of(), flags);
    }

    private static KafkaSettings valid(Parsed<ServerSettings> parsed) {
        return ReadSettings.valid(parsed).kafka().orElseThrow();
    }

    @Test
    void withoutBrokersThereIsNoKafka() {
        Parsed<ServerSettings> nothing = read();
        assertThat(nothing).isInstanceOf(Parsed.Valid.class);
        assertThat(((Parsed.Valid<ServerSettings>) nothing).value().kafka()).isEmpty();
    }

    @Test
    @Tag("limit:kafka.max_output")
    void brokersAloneAreEnoughAndNoTopicIsAllowed() {
        KafkaSettings kafka = valid(read("brokers", "a:1, [::1]:2"));
        assertThat(kafka.brokers()).containsExactly("a:1", "[::1]:2");
        assertThat(kafka.security()).isEqualTo(KafkaSettings.Security.NONE);
        assertThat(kafka.topics().allow("shop", "orders")).isFalse();
        assertThat(kafka.maxOutput()).isEqualTo(KafkaSettings.DEFAULT_MAX_OUTPUT);
        assertThat(kafka.revokeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(kafka.sessionTimeout()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void rulesAllowWhatTheyNameAndStarsStandForAnything() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("mayfly.toml"),
                        "[kafka]\nbrokers = [\"a:1\"]\ntopics = [\"shop:orders\", \"bill-*:in.*\"]\n");
        KafkaSettings kafka = valid(ServerSettings.read(Optional.of(file), Map.of(), Map.of()));
        assertThat(kafka.topics().allow("shop", "orders")).isTrue();
        assertThat(kafka.topics().allow("bill-eu", "in.x")).isTrue();
        assertThat(kafka.topics().allow("shop", "in.x")).isFalse();
    }

    @Test
    void aPasswordComesFromTheEnvironmentOrAFileAndIsNeverShown() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
        Parsed<ServerSettings> parsed =
                ServerSettings.read(
                        Optional.empty(),
                        Map.of(
                                "MAYFLY_KAFKA_BROKERS", "a:1",
                                "MAYFLY_KAFKA_USERNAME", "me",
                                "MAYFLY_KAFKA_MECHANISM", "SCRAM-SHA-256",
                                "MAYFLY_KAFKA_PASSWORD_FILE", file.toString()),
                        Map.of());
        KafkaSettings.Login login = valid(parsed).security().login().orElseThrow();
        assertThat(login.password()).isEqualTo(SECRET);
        assertThat(login.mechanism()).isEqualTo(KafkaSettings.Login.Mechanism.SCRAM_SHA_256);
        assertThat(parsed.toString()).doesNotContain(SECRET);
        assertThat(problems(read("password", SECRET, "brokers", "a:1", "tls", "maybe")).toString())
                .doesNotContain(SECRET);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThat(
                        problems(
                                read(
                                        "brokers", "nowhere",
                                        "topics", "orders",
                                        "max_output", "1GiB",
                                        "revoke_timeout", "0s",
                                        "session_timeout", "5s",
                                        "mechanism", "GSSAPI",
                                        "ca_file", "/no/such/file")))
                .extracting(Problem::key)
                .contains(
                        "kafka.brokers",
                        "kafka.topics",
                        "kafka.max_output",
                        "kafka.revoke_timeout",
                        "kafka.session_timeout",
                        "kafka.mechanism",
                        "kafka.ca_file");
    }

    @ParameterizedTest
    @CsvSource({
        "username, me, kafka.username, needs kafka.password as well",
        "password, x, kafka.password, needs kafka.username as well",
        "mechanism, PLAIN, kafka.mechanism, with TLS only",
        "mechanism, SCRAM-SHA-512, kafka.mechanism, without a user",
    })
    void whatDoesNotGoTogetherIsToldWithTheKeyThatIsMissing(
            String key, String value, String place, String message) {
        assertThat(problems(read("brokers", "a:1", key, value)))
                .anySatisfy(problem -> {
                    assertThat(problem.key()).isEqualTo(place);
                    assertThat(problem.message()).contains(message);
                });
    }

    @Test
    void aFileThatHoldsNoCertificateIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing of the kind");
        assertThat(problems(read("brokers", "a:1", "tls", "true", "ca_file", file.toString())))
                .extracting(Problem::message)
                .anySatisfy(message -> assertThat(message).contains(file.toString()));
    }

    @Test
    void settingsWithoutBrokersAreAMistake() {
        assertThat(problems(read("tls", "true")))
                .extracting(Problem::key, Problem::mend)
                .containsExactly(tuple("kafka.tls", "set kafka.brokers"));
    }
}
