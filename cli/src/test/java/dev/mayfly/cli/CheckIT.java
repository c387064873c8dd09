package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.MadeCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mayfly server --check}, and what a start warns of: everything at once, with its mend. */
final class CheckIT {
    @TempDir Path folder;

    private Typed check(Map<String, String> environment, String... more) {
        List<String> arguments = new ArrayList<>(List.of("server", "--check"));
        arguments.addAll(List.of("--data", folder.resolve("data").toString()));
        arguments.addAll(List.of(more));
        return Typed.in(folder, environment, false, arguments.toArray(String[]::new));
    }

    private static String[] freePorts() {
        return new String[] {"--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"};
    }

    @Test
    void aServerThatCanStartIsToldSoAndNothingIsLeftBehind() {
        Typed typed = check(Map.of(), freePorts());

        assertThat(typed.exit()).as(typed.err()).isZero();
        assertThat(typed.out()).isEqualTo("this server can start\n");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void allThatIsWrongIsToldAtOnceAndNoSecretIs() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Typed typed =
                    check(
                            Map.of(
                                    "MAYFLY_DATABASE_URL",
                                    "postgres://u:planted@127.0.0.1:1/d",
                                    "MAYFLY_SECRETS_KEYS",
                                    "planted",
                                    "MAYFLY_IDLE_TIMEOUT",
                                    "soon",
                                    "MAYFLY_ADMIN_TLS_CERTIFICATE",
                                    file.toString(),
                                    "MAYFLY_ADMIN_TLS_KEY",
                                    file.toString(),
                                    "MAYFLY_SPOOL_FOLDER",
                                    file + "/spool",
                                    "MAYFLY_KAFKA_BROKERS",
                                    "127.0.0.1:1"),
                            "--listen",
                            "127.0.0.1:" + taken.getLocalPort(),
                            "--admin-listen",
                            "no.such.host.invalid:1");

            assertThat(typed.exit()).isEqualTo(2);
            assertThat(typed.err())
                    .contains(
                            "settings: idle_timeout: ",
                            "settings: admin.tls: ",
                            "settings: listen: 127.0.0.1:" + taken.getLocalPort() + " cannot be",
                            "settings: admin_listen: no.such.host.invalid:1 cannot be",
                            "settings: database.url: the database cannot be reached",
                            "settings: secrets.keys: a key for secrets cannot be read",
                            "settings: spool.folder: ",
                            "warning: kafka.brokers: no broker can be reached",
                            "7 problems in settings")
                    .doesNotContain("planted");
        }
    }

    @Test
    void aServerThatRunsHasItsFolder() {
        try (RunningServer running = RunningServer.start(folder.resolve("running"))) {
            Typed typed =
                    Typed.in(
                            folder,
                            Map.of(),
                            false,
                            "server",
                            "--check",
                            "--data",
                            folder.resolve("running/data").toString(),
                            "--listen",
                            running.listen().toString(),
                            "--admin-listen",
                            "127.0.0.1:0");

            assertThat(typed.exit()).isEqualTo(1);
            assertThat(typed.err())
                    .contains(
                            "data.folder: another server uses",
                            "listen: " + running.listen() + " cannot be listened on",
                            "2 problems in settings");
        }
    }

    @Test
    void certificatesAreReadAsAStartReadsThem() throws IOException {
        MadeCertificate made = MadeCertificate.make(folder, "server", "EC", "localhost");
        Typed typed =
                check(
                        Map.of(
                                "MAYFLY_ADMIN_TLS_CERTIFICATE",
                                made.certificate().toString(),
                                "MAYFLY_ADMIN_TLS_KEY",
                                made.key().toString()),
                        freePorts());
        assertThat(typed.exit()).as(typed.err()).isZero();
    }

    /** In a process of its own, whose limits are what the warnings are about. */
    @Test
    void aStartWithFewFilesAndASmallHeapWarnsAndStartsAllTheSame() throws Exception {
        List<String> said = new ArrayList<>();
        Process server =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n 4096; exec \"$0\" -Xmx200m -cp \"$1\""
                                        + " dev.mayfly.cli.Main server --listen 127.0.0.1:0"
                                        + " --admin-listen 127.0.0.1:0 --data \"$2\" --log-format"
                                        + " text",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                System.getProperty("java.class.path"),
                                folder.resolve("data").toString())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && !line.startsWith("listening on")) {
                said.add(line);
                line = out.readLine();
            }
            assertThat(line).as("%s", said).startsWith("listening on");
            server.toHandle().destroy(); // which leaves what it says to be read
            out.lines().forEach(said::add);
        }
        assertThat(server.waitFor()).isZero();
        assertThat(said)
                .anyMatch(each ->
                        each.contains("4096 files may be open (expected: 20000")
                                && each.contains("LimitNOFILE"))
                .anyMatch(each ->
                        each.contains("the heap has 200MiB") && each.contains("MAYFLY_JAVA_OPTS"));
    }

    /** What a mistyped variable must not do: start with a database of its own. */
    @Test
    void aVariableThatIsNoSettingStopsTheStart() {
        Typed typed =
                Typed.in(
                        folder,
                        Map.of("MAYFLY_DATABSE_URL", "postgres://u:planted@h/d"),
                        false,
                        "server",
                        "--data",
                        folder.resolve("data").toString());

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err())
                .contains("did you mean MAYFLY_DATABASE_URL?")
                .doesNotContain("planted");
        assertThat(folder).isEmptyDirectory();
    }
}
