package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.SettingValue.Origin;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of settings: their values, who said so, and what was probably meant. */
class SettingSourcesTest {
    @TempDir Path folder;

    private static List<Setting> settings() {
        return SettingSources.known().stream().flatMap(group -> group.settings().stream()).toList();
    }

    private static SettingsExplained explained(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return new SettingSources(file, environment, flags).explain();
    }

    private static SettingValue value(SettingsExplained explained, String key) {
        return explained.values().stream()
                .filter(each -> each.setting().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void everySettingThatIsReadIsInTheTableAndEveryOneOfTheTableIsRead() {
        SettingsExplained explained = explained(Optional.empty(), Map.of(), Map.of());
        assertThat(explained.problems()).isEmpty();
        assertThat(explained.values()).extracting(SettingValue::setting).isEqualTo(settings());
    }

    @Test
    void noTwoSettingsHaveAVariableInCommonAndNoneIsAnothersFile() {
        Set<String> variables = new HashSet<>();
        for (Setting setting : settings()) {
            assertThat(variables.add(setting.variable())).as(setting.variable()).isTrue();
        }
        settings().forEach(each -> assertThat(variables).doesNotContain(each.fileVariable()));
    }

    @Test
    void everyDefaultThatIsAValueCanBeGiven() {
        settings().stream()
                .filter(each -> each.fallback().fixed() && !each.key().startsWith("kafka."))
                .forEach(each -> {
                    Map<String, String> flags = Map.of(each.key(), each.fallback().text());
                    assertThat(explained(Optional.empty(), Map.of(), flags).problems())
                            .as(each.key())
                            .isEmpty();
                });
    }

    @Test
    void eachValueIsToldWithWhoGaveIt() throws IOException {
        Path toml = file("mayfly.toml", "body_timeout = \"7s\"\n[runtime]\nguest_threads = 3\n");
        Path delay = file("delay", "6s\n");
        SettingsExplained explained =
                explained(
                        Optional.of(toml),
                        Map.of(
                                "MAYFLY_BODY_TIMEOUT",
                                "8s",
                                "MAYFLY_DRAIN_DELAY_FILE",
                                delay.toString(),
                                "XDG_DATA_HOME",
                                "/srv"),
                        Map.of("listen", ":1", "idle_timeout", "9s"));
        assertThat(explained.problems()).isEmpty();
        assertThat(List.of("listen", "idle_timeout", "body_timeout", "drain_delay"))
                .extracting(key -> value(explained, key))
                .extracting(each -> each.value().orElseThrow() + " " + each.where())
                .containsExactly(
                        ":1 --listen",
                        "9s --set idle_timeout",
                        "8s MAYFLY_BODY_TIMEOUT",
                        "set MAYFLY_DRAIN_DELAY_FILE");
        SettingValue threads = value(explained, "runtime.guest_threads");
        assertThat(threads.origin()).isEqualTo(Origin.FILE);
        assertThat(threads.where()).isEqualTo(toml + ":3");
        assertThat(value(explained, "header_timeout"))
                .extracting(SettingValue::origin, SettingValue::value, SettingValue::where)
                .containsExactly(Origin.DEFAULT, Optional.of("10s"), "");
        assertThat(value(explained, "data.folder").value()).contains("/srv/mayfly");
        assertThat(value(explained, "logs.folder").value()).contains("/srv/mayfly/logs");
        assertThat(value(explained, "tls.listen").value()).isEmpty();
    }

    @Test
    void whatIsSecretIsToldNeitherRightNorWrong() throws IOException {
        Path toml =
                file(
                        "mayfly.toml",
                        "[kafka]\nbrokers = [\"127.0.0.1:1\"]\nusername = \"u\"\npassword = \"planted\"\n");
        Map<String, String> environment =
                Map.of(
                        "MAYFLY_DATABASE_URL", "planted://x",
                        "MAYFLY_SECRETS_KEYS", "planted",
                        "MAYFLY_TLS_LISTEN", ":0",
                        "MAYFLY_TLS_KEY", "-----BEGIN PRIVATE KEY-----\nplanted\n",
                        "MAYFLY_TLS_CERTIFICATE", "cert.pem");
        SettingsExplained explained = explained(Optional.of(toml), environment, Map.of());
        assertThat(value(explained, "kafka.password").value()).contains("set");
        assertThat(value(explained, "secrets.keys").value()).contains("set");
        assertThat(explained.problems())
                .extracting(Problem::key)
                .contains("database.url", "tls.key");
        assertThat(explained.problems().toString()).doesNotContain("planted");
    }

    @ParameterizedTest
    @CsvSource({
        "MAYFLY_LISTN, MAYFLY_LISTEN",
        "MAYFLY_DATABSE_URL, MAYFLY_DATABASE_URL",
        "MAYFLY_MAX_MEMORY, MAYFLY_LIMITS_MAX_MEMORY",
        "MAYFLY_ADMIN_TLS_CERTIFICAT, MAYFLY_ADMIN_TLS_CERTIFICATE",
    })
    void aVariableThatIsNoSettingStopsTheStartAndNamesTheOneThatWasMeant(
            String typed, String meant) {
        assertThat(explained(Optional.empty(), Map.of(typed, "1"), Map.of()).problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message())
                                .isEqualTo(typed + " is no setting (did you mean " + meant + "?)"));
    }

    @Test
    void aKeyOfTheFileThatIsNoSettingIsToldWithItsLine() throws IOException {
        Path toml = file("mayfly.toml", "listen = \":0\"\n[runtme]\nguest_threads = 3\n");
        assertThat(explained(Optional.of(toml), Map.of(), Map.of()).problems())
                .singleElement()
                .isEqualTo(
                        new Problem(
                                3,
                                1,
                                "runtme.guest_threads",
                                "this is no setting (did you mean runtime.guest_threads?)",
                                "remove it, or correct its name: mayfly config lists all"));
    }

    @Test
    void aVariableThatKubernetesMadeOfAServiceIsToldAsThat() {
        Map<String, String> environment =
                Map.of(
                        "MAYFLY_SERVICE_HOST",
                        "10.0.0.1",
                        "MAYFLY_PORT",
                        "tcp://10.0.0.1:3000",
                        "MAYFLY_ADMIN_SERVICE_PORT_HTTP",
                        "3001");
        assertThat(explained(Optional.empty(), environment, Map.of()).problems())
                .hasSize(3)
                .allSatisfy(problem ->
                        assertThat(problem.mend()).contains("enableServiceLinks: false"));
    }
}
