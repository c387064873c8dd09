package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.MadeCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that talk to an admin API over TLS, which asks who calls. */
class SecureAdminIT {
    @TempDir static Path folder;
    private static MadeCertificate server;
    private static MadeCertificate operator;
    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException {
        server = MadeCertificate.make(folder, "server", "EC", "localhost");
        operator = MadeCertificate.make(folder, "operator", "EC", "operator.example");
        running =
                RunningServer.start(
                        folder,
                        Map.of(
                                "admin.tls.certificate", server.certificate().toString(),
                                "admin.tls.key", server.key().toString(),
                                "admin.tls.client_authority", operator.certificate().toString()));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    /** Whom another test logged in to is known without a word. */
    @BeforeEach
    void knowNobody() throws IOException {
        Files.deleteIfExists(folder.resolve("config/mayfly/config.toml"));
    }

    private static String url() {
        return "https://" + running.admin();
    }

    /** In a directory of its own, with a context file of its own. */
    private static Typed mayfly(Map<String, String> more, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(running.stranger());
        environment.remove("MAYFLY_SERVER");
        environment.put("MAYFLY_TOKEN", Files.readString(running.tokenFile()).strip());
        environment.putAll(more);
        return Typed.in(folder, environment, false, arguments);
    }

    private static String[] login(String... more) {
        String[] words = new String[more.length + 4];
        words[0] = "login";
        words[1] = url();
        words[2] = "--context";
        words[3] = "live";
        System.arraycopy(more, 0, words, 4, more.length);
        return words;
    }

    @Test
    void aLoginKeepsHowTheServerIsKnownAndLaterCommandsUseIt() throws IOException {
        Typed login =
                mayfly(
                        Map.of(),
                        login(
                                "--ca-file", "server.pem",
                                "--client-certificate", "operator.pem",
                                "--client-key", "operator.key"));
        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.err()).doesNotContain("unencrypted");
        Typed apps = mayfly(Map.of(), "apps", "--context", "live");
        assertThat(apps.exit()).as(apps.err()).isZero();
        String kept = Files.readString(folder.resolve("config/mayfly/config.toml"));
        assertThat(kept)
                .contains("ca_file = \"" + folder.toAbsolutePath().resolve("server.pem") + "\"")
                .contains("client_key = \"" + folder.toAbsolutePath().resolve("operator.key"))
                .doesNotContain("PRIVATE KEY");
    }

    @Test
    void theEnvironmentCanSayItToo() throws IOException {
        Typed apps =
                mayfly(
                        Map.of(
                                "MAYFLY_SERVER", url(),
                                "MAYFLY_CA_FILE", server.certificate().toString(),
                                "MAYFLY_CLIENT_CERTIFICATE", operator.certificate().toString(),
                                "MAYFLY_CLIENT_KEY", operator.key().toString()),
                        "apps");
        assertThat(apps.exit()).as(apps.err()).isZero();
    }

    @Test
    void aServerNobodyVouchesForIsNotTalkedTo() throws IOException {
        Typed apps = mayfly(Map.of("MAYFLY_SERVER", url()), "apps");
        assertThat(apps.exit()).isEqualTo(5);
        assertThat(apps.err()).contains("no TLS with " + url(), "--ca-file");
    }

    @Test
    void whoShowsNothingIsToldWhatToShow() throws IOException {
        Typed apps = mayfly(Map.of("MAYFLY_SERVER", url()), "apps", "--ca-file", "server.pem");
        assertThat(apps.exit()).isEqualTo(5);
        assertThat(apps.err()).contains("--client-certificate");
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws IOException {
        Typed absent = mayfly(Map.of("MAYFLY_SERVER", url()), "apps", "--ca-file", "none.pem");
        assertThat(absent.exit()).isNotZero();
        assertThat(absent.err()).contains("none.pem is not there");
        Typed half = mayfly(Map.of("MAYFLY_SERVER", url()), "apps", "--client-key", "operator.key");
        assertThat(half.exit()).isEqualTo(2);
        assertThat(half.err()).contains("go together");
    }
}
