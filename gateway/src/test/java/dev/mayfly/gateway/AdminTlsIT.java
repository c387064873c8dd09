package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.MadeCertificate;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin listener over TLS, and whom it lets in. */
class AdminTlsIT {
    @TempDir static Path made;
    private static MadeCertificate first;
    private static MadeCertificate second;
    private static MadeCertificate rsa;

    @TempDir Path folder;
    private Path certificate;
    private Path key;

    @BeforeAll
    static void makeCertificates() throws IOException {
        first = MadeCertificate.make(made, "first", "EC", "localhost");
        second = MadeCertificate.make(made, "second", "EC", "operator.example");
        rsa = MadeCertificate.make(made, "rsa", "RSA", "operator.example");
    }

    @BeforeEach
    void install() throws IOException {
        certificate = Files.copy(first.certificate(), folder.resolve("tls.pem"));
        key = Files.copy(first.key(), folder.resolve("tls.key"));
    }

    @Test
    void theAdminListenerLetsInOnlyWhomItsAuthorityVouchesFor() throws Exception {
        try (Gateway gateway =
                Gateway.open(
                        PlayedServer.settings(
                                folder,
                                "admin_listen",
                                "127.0.0.1:0",
                                "admin.tls.certificate",
                                certificate.toString(),
                                "admin.tls.key",
                                key.toString(),
                                "admin.tls.client_authority",
                                second.certificate().toString()))) {
            Binding binding =
                    gateway.administer(request ->
                            new AdminAnswer(
                                    200,
                                    Map.of(),
                                    new AdminAnswer.Content.Whole(new byte[] {'o', 'k'})));
            int port = ((Binding.Bound) binding).address().port();
            TlsClient known = new TlsClient(second.showing(first), port);
            assertThat(known.get(known.http(Version.HTTP_1_1), "/").body()).isEqualTo("ok");
            for (TlsClient stranger :
                    List.of(
                            TlsClient.trusting(port, first),
                            new TlsClient(rsa.showing(first), port))) {
                assertThatThrownBy(() -> stranger.get(stranger.http(Version.HTTP_1_1), "/"))
                        .isInstanceOf(IOException.class);
            }
            await().until(() -> known.get(known.http(Version.HTTP_2), "/").statusCode() == 200);
        }
    }

    @Test
    void anAuthorityThatIsReplacedNoLongerLetsItsClientsIn() throws Exception {
        Path authority = Files.copy(second.certificate(), folder.resolve("authority.pem"));
        try (Gateway gateway =
                Gateway.open(
                        PlayedServer.settings(
                                folder,
                                "admin_listen",
                                "127.0.0.1:0",
                                "admin.tls.certificate",
                                certificate.toString(),
                                "admin.tls.key",
                                key.toString(),
                                "admin.tls.client_authority",
                                authority.toString()))) {
            Binding binding =
                    gateway.administer(request ->
                            new AdminAnswer(
                                    200, Map.of(), new AdminAnswer.Content.Whole(new byte[0])));
            int port = ((Binding.Bound) binding).address().port();
            TlsClient old = new TlsClient(second.showing(first), port);
            assertThat(letIn(old)).isTrue();
            rsa.replace(authority, folder.resolve("unused.key"));
            await().until(() -> letIn(new TlsClient(rsa.showing(first), port)));
            // The same context, which has a session from before to resume.
            assertThat(letIn(old)).isFalse();
        }
    }

    private static boolean letIn(TlsClient client) {
        try (SSLSocket socket = client.connect("localhost")) {
            return TlsClient.exchange(
                            socket,
                            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false; // TLS 1.3 tells a client that is not let in only when it reads
        }
    }
}
