package dev.mayfly.gateway;

import static dev.mayfly.gateway.ReadSettings.flags;
import static dev.mayfly.gateway.ReadSettings.problems;
import static dev.mayfly.gateway.ReadSettings.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
    @TempDir Path folder;

    private Path file(String toml) throws IOException {
        return Files.writeString(folder.resolve("mayfly.toml"), toml);
    }

    @Test
    void withoutAnySourceTheDefaultsHold() {
        ServerSettings settings = valid(flags());
        assertThat(settings.listen()).hasToString("127.0.0.1:3000");
        assertThat(settings.adminListen()).isEmpty();
        assertThat(settings.connections().headerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.drain())
                .isEqualTo(new ServerSettings.Drain(Duration.ZERO, Duration.ofSeconds(30)));
        assertThat(settings.limits().maxMemoryBytes()).isEqualTo(1L << 30);
        assertThat(settings.guests().threads()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void flagsStandOverEnvironmentOverFile() throws IOException {
        Path file =
                file(
                        "listen = \"h:1\"\nidle_timeout = \"1s\"\nbody_timeout = \"1s\"\n"
                                + "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n"
                                + "[runtime]\nguest_threads = 3\n");
        ServerSettings settings =
                valid(
                        ServerSettings.read(
                                Optional.of(file),
                                Map.of(
                                        "MAYFLY_LISTEN", "h:2",
                                        "MAYFLY_IDLE_TIMEOUT", "2s",
                                        "MAYFLY_VARIABLE_NAME", "x",
                                        "OTHER", "y"),
                                Map.of("listen", "h:3")));
        assertThat(settings.listen()).hasToString("h:3");
        assertThat(settings.connections().idleTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.connections().bodyTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.guests().threads()).isEqualTo(3);
        assertThat(settings.trustedProxies()).containsExactly("10.0.0.0/8", "::1");
    }

    @Test
    void theEnvironmentWritesTablesWithAnUnderscore() {
        Map<String, String> environment =
                Map.of("MAYFLY_RUNTIME_GUEST_THREADS", "5", "MAYFLY_LIMITS_MAX_MEMORY", "2MiB");
        ServerSettings settings =
                valid(ServerSettings.read(Optional.empty(), environment, Map.of()));
        assertThat(settings.guests().threads()).isEqualTo(5);
        assertThat(settings.limits().maxMemoryBytes()).isEqualTo(2L << 20);
    }

    @Test
    void whatIsSecretOfTheServersSettingsIsInNoText() {
        Map<String, String> environment =
                Map.of(
                        "MAYFLY_DATABASE_URL", "postgres://user:planted@host/db",
                        "MAYFLY_SECRETS_KEYS", "planted1,planted2",
                        "MAYFLY_DATA_FOLDER", "/srv/mayfly",
                        "MAYFLY_PREVIEW_DOMAIN", "Preview.example.com");
        ServerSettings settings =
                valid(ServerSettings.read(Optional.empty(), environment, Map.of()));
        assertThat(settings.control().databaseUrl()).contains("postgres://user:planted@host/db");
        assertThat(settings.control().keys()).containsExactly("planted1", "planted2");
        assertThat(settings.control().data()).isEqualTo(Path.of("/srv/mayfly"));
        assertThat(settings.previewDomain()).contains("preview.example.com");
        assertThat(settings.toString()).doesNotContain("planted");
        assertThat(problems(flags("database.url", "mysql://planted")).toString())
                .contains("expected: postgres://")
                .doesNotContain("planted");
    }

    private static Parsed<ServerSettings> variables(String... pairs) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return ServerSettings.read(Optional.empty(), environment, Map.of());
    }

    @Test
    void anySettingCanBeLeftInAFileThatAVariableNames() throws IOException {
        Path url = Files.writeString(folder.resolve("url"), "postgres://u:planted@h/d\n");
        Path keys = Files.writeString(folder.resolve("keys"), "one,two");
        Path delay = Files.writeString(folder.resolve("delay"), "5s\r\n");
        ServerSettings settings =
                valid(
                        variables(
                                "MAYFLY_DATABASE_URL_FILE", url.toString(),
                                "MAYFLY_SECRETS_KEYS_FILE", keys.toString(),
                                "MAYFLY_DRAIN_DELAY_FILE", delay.toString()));
        assertThat(settings.control().databaseUrl()).contains("postgres://u:planted@h/d");
        assertThat(settings.control().keys()).containsExactly("one", "two");
        assertThat(settings.drain().delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aFilesValueStandsUnderAFlagAndOverTheSettingsFile() throws IOException {
        Path listen = Files.writeString(folder.resolve("listen"), "h:2\n");
        Map<String, String> environment = Map.of("MAYFLY_LISTEN_FILE", listen.toString());
        Optional<Path> file = Optional.of(file("listen = \"h:1\"\n"));
        assertThat(valid(ServerSettings.read(file, environment, Map.of())).listen())
                .hasToString("h:2");
        assertThat(valid(ServerSettings.read(file, environment, Map.of("listen", "h:3"))).listen())
                .hasToString("h:3");
    }

    @Test
    void aProblemOfAValueInAFileNamesTheVariableAndNeverTheValue() throws IOException {
        Path planted = Files.writeString(folder.resolve("value"), "planted");
        Path sly = Files.writeString(folder.resolve("sly"), "planted (expected: planted");
        assertThat(problems(variables("MAYFLY_IDLE_TIMEOUT_FILE", planted.toString())))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("idle_timeout");
                    assertThat(problem.message())
                            .startsWith("MAYFLY_IDLE_TIMEOUT_FILE: ")
                            .contains("(expected: a whole number with ms, s, m or h: 10s)")
                            .doesNotContain("planted");
                });
        assertThat(problems(variables("MAYFLY_TRUSTED_PROXIES_FILE", sly.toString())))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).doesNotContain("planted"));
    }

    @Test
    @Tag("limit:ValueFiles.MOST_BYTES")
    void aFileThatCannotBeReadOrIsTooLargeIsAProblemThatNamesIt() throws IOException {
        Path none = folder.resolve("none");
        Path large = Files.writeString(folder.resolve("large"), "x".repeat((64 << 10) + 1));
        Path most = Files.writeString(folder.resolve("most"), "x".repeat(64 << 10));
        assertThat(
                        problems(
                                variables(
                                        "MAYFLY_DATABASE_URL_FILE", none.toString(),
                                        "MAYFLY_SECRETS_KEYS_FILE", large.toString())))
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "MAYFLY_DATABASE_URL_FILE: "
                                + none
                                + " cannot be read (there is no such file)",
                        "MAYFLY_SECRETS_KEYS_FILE: "
                                + large
                                + " cannot be read (more than 65536 bytes)");
        assertThat(valid(variables("MAYFLY_SECRETS_KEYS_FILE", most.toString())).control().keys())
                .hasSize(1);
    }

    @Test
    void aValueThatIsGivenBothWaysIsAProblem() throws IOException {
        Path url = Files.writeString(folder.resolve("url"), "postgres://u:planted@h/d\n");
        assertThat(
                        problems(
                                variables(
                                        "MAYFLY_DATABASE_URL",
                                        "postgres://u:planted@h/e",
                                        "MAYFLY_DATABASE_URL_FILE",
                                        url.toString())))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message())
                                .isEqualTo(
                                        "MAYFLY_DATABASE_URL_FILE: MAYFLY_DATABASE_URL is set as"
                                                + " well (expected: one of the two)"));
    }

    @Test
    void aFileOfNoSettingIsAProblem() {
        assertThat(problems(variables("MAYFLY_TYPO_FILE", "/run/secrets/typo")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("typo_file"));
    }

    @Test
    void aServerHasAnAdminListenerUnlessItIsSetElsewhere() {
        assertThat(valid(flags()).administered().adminListen().orElseThrow())
                .hasToString("127.0.0.1:3001");
        assertThat(valid(flags("admin_listen", "h:1")).administered().adminListen().orElseThrow())
                .hasToString("h:1");
    }

    @Test
    void everyProblemOfEverySourceIsToldAtOnce() throws IOException {
        Path file = file("listen = \"nowhere\"\nlisten_on = 3\n[runtime]\nguest_threads = 0\n");
        List<Problem> problems =
                problems(
                        ServerSettings.read(
                                Optional.of(file),
                                Map.of("MAYFLY_TYPO", "1"),
                                Map.of("body_timeout", "soon")));
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "listen", "listen_on", "runtime.guest_threads", "typo", "body_timeout");
        assertThat(problems)
                .filteredOn(problem -> problem.key().equals("runtime.guest_threads"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(4);
                    assertThat(problem.message()).contains("\"0\"", "expected");
                });
        assertThat(problems)
                .filteredOn(problem -> problem.key().equals("body_timeout"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message())
                                .startsWith("--set body_timeout: \"soon\" (expected: "));
    }

    @Test
    void aFileThatIsMissingOrNoTomlIsAProblem() throws IOException {
        assertThat(
                        problems(
                                ServerSettings.read(
                                        Optional.of(folder.resolve("no.toml")),
                                        Map.of(),
                                        Map.of())))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("cannot be read"));
        assertThat(problems(ServerSettings.read(Optional.of(file("=")), Map.of(), Map.of())))
                .isNotEmpty();
    }

    @Test
    void aProxyThatIsNoAddressIsAProblem() {
        assertThat(problems(flags("trusted_proxies", "10.0.0.0/99")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("trusted_proxies"));
    }

    @ParameterizedTest
    @CsvSource({
        "8080, 127.0.0.1:8080",
        ":8080, 0.0.0.0:8080",
        "0, 127.0.0.1:0",
        "localhost:1, localhost:1",
        "[::1]:80, [::1]:80",
    })
    void anAddressIsAPortOrAHostAndAPort(String text, String address) {
        assertThat(valid(flags("listen", text)).listen()).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({
        "listen, 65536",
        "listen, a:b:1",
        "listen, ::1:80",
        "listen, host:",
        "idle_timeout, 5",
        "idle_timeout, 0s",
        "idle_timeout, -1s",
        "idle_timeout, 1.5s",
        "memory.budget, 1GB",
        "cache.max_bytes, 0MiB",
        "memory.budget, 0MiB",
        "memory.budget, 99999999999GiB",
        "event_loops, none",
        "event_loops, 0",
        "access_log, yes",
        "log_format, xml",
    })
    void whatCannotBeMeantIsRefused(String key, String text) {
        assertThat(problems(flags(key, text)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("(expected: "));
    }
}
