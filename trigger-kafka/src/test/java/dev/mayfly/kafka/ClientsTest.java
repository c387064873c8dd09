package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.kafka.KafkaSettings.Certificate;
import dev.mayfly.kafka.KafkaSettings.Login;
import dev.mayfly.kafka.KafkaSettings.Login.Mechanism;
import dev.mayfly.kafka.KafkaSettings.Security;
import dev.mayfly.manifest.KafkaTrigger.StartFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientsTest {
    private static final String SECRET = "s3cr\\et\"\n\t' é;";

    @TempDir private Path folder;

    private static Clients of(Security security) {
        return new Clients(settings(security));
    }

    private static KafkaSettings settings(Security security) {
        return new KafkaSettings(
                List.of("a:1", "b:2"),
                security,
                new TopicRules(List.of()),
                "Mayfly/1",
                KafkaSettings.DEFAULT_MAX_OUTPUT,
                Duration.ofSeconds(1),
                KafkaSettings.DEFAULT_SESSION_TIMEOUT);
    }

    private static Security login(Mechanism mechanism, boolean tls) {
        Login login = new Login(mechanism, "shop\"", SECRET);
        return new Security(tls, Optional.empty(), Optional.empty(), Optional.of(login));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void kafkaItselfAcceptsEveryKeyAndValue() {
        Clients clients = of(Security.NONE);
        ConsumerConfig consumer = new ConsumerConfig(clients.consumer("g", StartFrom.EARLIEST));
        assertThat(consumer.getString("auto.offset.reset")).isEqualTo("earliest");
        assertThat(consumer.getString("isolation.level")).isEqualTo("read_committed");
        assertThat(consumer.getBoolean("enable.auto.commit")).isFalse();
        assertThat(consumer.getList("bootstrap.servers")).containsExactly("a:1", "b:2");
        assertThat(consumer.unused()).isSubsetOf(consumer.originals().keySet());
        ProducerConfig producer = new ProducerConfig(clients.transactional("t"));
        assertThat(producer.getString("transactional.id")).isEqualTo("t");
        assertThat(producer.getString("acks")).isEqualTo("-1");
        assertThat(producer.getBoolean("enable.idempotence")).isTrue();
        assertThat(new ProducerConfig(clients.producer()).getString("transactional.id")).isNull();
        assertThat(new AdminClientConfig(clients.admin()).getString("security.protocol"))
                .isEqualTo("PLAINTEXT");
        assertThat(known(ConsumerConfig.configNames(), clients.looker())).isEmpty();
        assertThat(known(ConsumerConfig.configNames(), clients.consumer("g", StartFrom.LATEST)))
                .isEmpty();
        assertThat(known(ProducerConfig.configNames(), clients.transactional("t"))).isEmpty();
        assertThat(known(AdminClientConfig.configNames(), clients.admin())).isEmpty();
    }

    private static List<String> known(Set<String> names, Map<String, Object> config) {
        return config.keySet().stream().filter(name -> !names.contains(name)).toList();
    }

    @Test
    @Tag("limit:Clients.MOST_SENT")
    void aDeadLetterMayBeLargerThanKafkasDefaults() {
        ProducerConfig producer = new ProducerConfig(of(Security.NONE).producer());
        assertThat(producer.getInt("max.request.size")).isEqualTo(32 << 20);
        assertThat(producer.getLong("buffer.memory")).isEqualTo(32 << 20);
    }

    @ParameterizedTest
    @EnumSource
    void aLoginReachesKafkaAsItWasGiven(Mechanism mechanism) {
        Map<String, Object> config = of(login(mechanism, true)).admin();
        assertThat(config)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", mechanism.name().replace('_', '-'));
        AppConfigurationEntry entry =
                JaasContext.loadClientContext(config).configurationEntries().getFirst();
        assertThat(entry.getOptions()).isEqualTo(Map.of("username", "shop\"", "password", SECRET));
        String module = mechanism == Mechanism.PLAIN ? "PlainLoginModule" : "ScramLoginModule";
        assertThat(entry.getLoginModuleName()).endsWith(module);
    }

    @Test
    void aPasswordIsShownNowhere() {
        Security security = login(Mechanism.SCRAM_SHA_512, false);
        Map<String, Object> config = of(security).consumer("g", StartFrom.LATEST);
        assertThat(config.get(SaslConfigs.SASL_JAAS_CONFIG)).isInstanceOf(Password.class);
        assertThat(config.toString()).doesNotContain("s3cr");
        assertThat(settings(security).toString()).doesNotContain("s3cr");
        assertThat(new ConsumerConfig(config).values().toString()).doesNotContain("s3cr");
    }

    @Test
    void aPlainPasswordNeedsTls() {
        assertThatThrownBy(() -> of(login(Mechanism.PLAIN, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: TLS")
                .hasMessageNotContaining("s3cr");
        assertThat(of(login(Mechanism.SCRAM_SHA_256, false)).producer())
                .containsEntry("security.protocol", "SASL_PLAINTEXT");
    }

    @Test
    void certificatesAreReadFromTheirFiles() throws Exception {
        Path authority = file("ca.pem", "-----BEGIN CERTIFICATE-----\nca\n");
        Path chain = file("own.pem", "-----BEGIN CERTIFICATE-----\nown\n");
        Path key = file("key.pem", "-----BEGIN PRIVATE KEY-----\nkey\n");
        Security security =
                new Security(
                        true,
                        Optional.of(authority),
                        Optional.of(new Certificate(chain, key)),
                        Optional.empty());
        Map<String, Object> config = of(security).producer();
        assertThat(config)
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.keystore.type", "PEM");
        assertThat(text(config, SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG)).contains("ca");
        assertThat(text(config, SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG)).contains("own");
        assertThat(text(config, SslConfigs.SSL_KEYSTORE_KEY_CONFIG)).contains("key");
        assertThat(config.toString()).doesNotContain("PRIVATE KEY");
    }

    private static String text(Map<String, Object> config, String key) {
        return config.get(key) instanceof Password password ? password.value() : "";
    }

    @Test
    void aFileThatIsNotThereOrHoldsSomethingElseIsNamed() throws Exception {
        Path missing = folder.resolve("no.pem");
        assertThatThrownBy(() -> of(authority(missing)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(missing + " cannot be read (expected: PEM certificates)");
        Path key = file("key.pem", "-----BEGIN PRIVATE KEY-----\nkey\n");
        assertThatThrownBy(() -> of(authority(key)))
                .hasMessage(
                        key
                                + " has no -----BEGIN CERTIFICATE----- (expected: PEM"
                                + " certificates)");
    }

    private static Security authority(Path path) {
        return new Security(true, Optional.of(path), Optional.empty(), Optional.empty());
    }
}
