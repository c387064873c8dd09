package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mayfly config} tells of settings. */
final class ConfigCommandTest {
    @TempDir Path folder;

    private Typed config(Map<String, String> environment, String... more) {
        List<String> arguments = new ArrayList<>(List.of("config"));
        arguments.addAll(List.of(more));
        return Typed.in(folder, environment, false, arguments.toArray(String[]::new));
    }

    private static JsonNode json(Typed typed) throws IOException {
        return Wire.read(typed.out().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everySettingHasItsLineWithItsValueAndWhoSaidSo() {
        Typed typed = config(Map.of("MAYFLY_DRAIN_DELAY", "5s"), "--listen", ":8080");

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out())
                .containsPattern("(?m)^listen +:8080 +--listen$")
                .containsPattern("(?m)^drain_delay +5s +MAYFLY_DRAIN_DELAY$")
                .containsPattern("(?m)^idle_timeout +60s +default$")
                .containsPattern("(?m)^tls.listen +- +default$");
    }

    @Test
    void oneSettingIsExplainedByItsKeyOrItsVariable() {
        for (String name : List.of("drain_delay", "MAYFLY_DRAIN_DELAY")) {
            Typed typed = config(Map.of(), name, "--explain", "--set", "drain_delay=5s");

            assertThat(typed.exit()).as(typed.err()).isZero();
            assertThat(typed.out())
                    .startsWith("drain_delay = 5s   (--set drain_delay)\n")
                    .contains("after it says that it is not ready", "set by MAYFLY_DRAIN_DELAY")
                    .doesNotContain("idle_timeout");
        }
    }

    @Test
    void aSettingThatIsNoneIsWrongUsageAndTheOneThatWasMeantIsNamed() {
        Typed typed = config(Map.of(), "drain_dely");

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).contains("drain_dely is no setting (did you mean drain_delay?)");
    }

    @Test
    void theFileThatTheEnvironmentNamesIsReadAndItsLineTold() throws IOException {
        Files.writeString(folder.resolve("mayfly.toml"), "\ndrain_delay = \"4s\"\n");

        Typed typed =
                config(Map.of("MAYFLY_SETTINGS", "mayfly.toml"), "drain_delay", "--output", "json");

        assertThat(typed.exit()).as(typed.err()).isZero();
        JsonNode setting = json(typed).path("settings").path(0);
        assertThat(setting.path("value").asText()).isEqualTo("4s");
        assertThat(setting.path("from").asText()).isEqualTo("file");
        assertThat(setting.path("where").asText()).endsWith("/mayfly.toml:2");
        assertThat(setting.path("variable").asText()).isEqualTo("MAYFLY_DRAIN_DELAY");
        assertThat(setting.path("default").asText()).isEqualTo("0s");
        assertThat(setting.path("secret").asBoolean()).isFalse();
    }

    @Test
    void nothingSecretIsShownInAnyForm() throws IOException {
        Path url = Files.writeString(folder.resolve("url"), "postgres://u:planted@h/d");
        Map<String, String> environment =
                Map.of(
                        "MAYFLY_DATABASE_URL_FILE", url.toString(),
                        "MAYFLY_SECRETS_KEYS", "planted",
                        "MAYFLY_KAFKA_BROKERS", "127.0.0.1:1",
                        "MAYFLY_KAFKA_USERNAME", "u",
                        "MAYFLY_KAFKA_PASSWORD", "planted");
        for (String[] more :
                List.of(
                        new String[] {},
                        new String[] {"--explain"},
                        new String[] {"--output", "json"})) {
            Typed typed = config(environment, more);

            assertThat(typed.exit()).as(typed.err()).isZero();
            assertThat(typed.out() + typed.err()).doesNotContain("planted").contains("set");
        }
    }

    @Test
    void aSecretIsNoOption() {
        Typed typed = config(Map.of(), "--set", "kafka.password=planted");

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err())
                .contains("MAYFLY_KAFKA_PASSWORD_FILE", "everybody on this machine")
                .doesNotContain("planted");
    }

    @Test
    void whatIsWrongIsToldBesideTheValuesAndEndsTheCommandWithTwo() throws IOException {
        Files.writeString(folder.resolve("mayfly.toml"), "drain_dely = \"4s\"\n");

        Typed typed =
                config(
                        Map.of("MAYFLY_IDLE_TIMEOUT", "soon"),
                        "--settings",
                        "mayfly.toml",
                        "--explain");

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.out()).contains("listen = 127.0.0.1:3000   (default)");
        assertThat(typed.err())
                .contains(
                        "mayfly.toml:1:1: drain_dely: this is no setting (did you mean"
                                + " drain_delay?)",
                        "settings: idle_timeout: MAYFLY_IDLE_TIMEOUT: \"soon\" (expected: a whole"
                                + " number with ms, s, m or h: 10s)",
                        "2 problems in settings");
    }

    @Test
    void thePageNamesEveryVariableThatIsNoSetting() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));

        assertThat(Surroundings.OWN)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}
