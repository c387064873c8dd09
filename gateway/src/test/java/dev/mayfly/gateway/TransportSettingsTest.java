package dev.mayfly.gateway;

import static dev.mayfly.gateway.ReadSettings.flags;
import static dev.mayfly.gateway.ReadSettings.problems;
import static dev.mayfly.gateway.ReadSettings.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.MadeCertificate;
import dev.mayfly.http.Compression;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of how requests and answers are carried. */
class TransportSettingsTest {
    @TempDir Path folder;

    @Test
    void filesOfTlsAreReadWithTheSettingsAndWhatIsWrongNamesTheFileAndTheMend() throws IOException {
        MadeCertificate made = MadeCertificate.make(folder, "made", "EC", "localhost");
        MadeCertificate other = MadeCertificate.make(folder, "other", "EC", "localhost");
        String certificate = made.certificate().toString();
        String key = made.key().toString();
        assertThat(
                        valid(
                                        flags(
                                                "tls.listen",
                                                ":0",
                                                "tls.certificate",
                                                certificate,
                                                "tls.key",
                                                key))
                                .transport()
                                .tls()
                                .pairs())
                .hasSize(1);
        assertThat(problem("tls.listen", ":0", "tls.certificate", certificate, "tls.key", "/none"))
                .contains("tls", "/none is not there", "mend or replace the file");
        assertThat(
                        problem(
                                "tls.listen",
                                ":0",
                                "tls.certificate",
                                certificate,
                                "tls.key",
                                other.key().toString()))
                .contains(other.key().toString(), "does not belong", certificate);
        assertThat(problem("tls.listen", ":0", "tls.certificate", certificate))
                .contains("0 keys for 1 certificates");
        assertThat(problem("tls.listen", ":0")).contains("no certificate", "tls.certificate");
        assertThat(problem("tls.certificate", certificate, "tls.key", key))
                .contains("nothing listens with it", "set tls.listen");
        assertThat(problem("admin.tls.client_authority", certificate))
                .contains("over TLS only", "admin.tls.certificate");
        assertThat(problem("proxy_protocol", "true")).contains("no proxy is trusted");
        assertThat(problem("compression", "some")).contains("off, static or all");
    }

    private static String problem(String... pairs) {
        List<Problem> problems = problems(flags(pairs));
        assertThat(problems).hasSize(1);
        return problems.getFirst().at("settings");
    }

    @Test
    void theEnvironmentNamesTablesWithinTables() throws IOException {
        MadeCertificate made = MadeCertificate.make(folder, "made", "EC", "localhost");
        ServerSettings settings =
                valid(
                        ServerSettings.read(
                                Optional.empty(),
                                Map.of(
                                        "MAYFLY_ADMIN_LISTEN", ":0",
                                        "MAYFLY_ADMIN_TLS_CERTIFICATE",
                                                made.certificate().toString(),
                                        "MAYFLY_ADMIN_TLS_KEY", made.key().toString(),
                                        "MAYFLY_ADMIN_TLS_CLIENT_AUTHORITY",
                                                made.certificate().toString(),
                                        "MAYFLY_COMPRESSION", "all"),
                                Map.of()));
        assertThat(settings.transport().adminTls().clientAuthority()).isPresent();
        assertThat(settings.transport().adminTls().isOn()).isTrue();
        assertThat(settings.transport().tls().isOn()).isFalse();
        assertThat(settings.transport().compression()).isEqualTo(Compression.ALL);
    }
}
