package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands do when there is no server, or something else in its place. */
final class UnreachableTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apps",
                "routes",
                "status",
                "revisions --app a",
                "rollback --app a",
                "traffic --app a",
                "traffic set 1=100 --app a",
                "canary --app a",
                "canary abort --app a",
                "canary finish --app a",
                "variables set a=b --app a",
                "secrets list --app a",
                "tokens list",
                "logs --app a",
                "delete a --yes"
            })
    void everyCommandEndsWithFiveAndSaysWhatToDo(String command) throws IOException {
        Typed typed = mayfly(free(), command.split(" ", -1));

        assertThat(typed.exit()).isEqualTo(5);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains("cannot reach the server at http://127.0.0.1:");
        assertThat(typed.err()).contains("mayfly server starts one", "--server");
    }

    @Test
    void forProgramsTheFailureIsAProblemDocument() throws IOException {
        Typed typed = mayfly(free(), "apps", "--output", "json");

        assertThat(typed.exit()).isEqualTo(5);
        assertThat(typed.problem().path("type").asText()).isEqualTo("urn:mayfly:unreachable");
        assertThat(typed.problem().path("detail").asText()).contains("cannot reach the server");
        assertThat(typed.problem().path("mend").asText()).contains("--server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "traffic set 1=9 --app a --output json",
                "apps --colour -o json",
                "deploy -o=json nowhere"
            })
    void forProgramsWrongUsageIsAProblemDocument(String command) throws IOException {
        Typed typed = mayfly(free(), command.split(" ", -1));

        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.problem().path("type").asText()).isEqualTo("urn:mayfly:usage");
        assertThat(typed.problem().path("detail").asText()).isNotEmpty();
    }

    @Test
    void aDeployChecksTheAppBeforeItAsksAnybody() throws IOException {
        Files.writeString(folder.resolve("app.toml"), "manifest_version = 1\ncolour = 'red'\n");

        Typed typed = mayfly(free(), "deploy");

        assertThat(typed.exit()).isEqualTo(3);
        assertThat(typed.err()).contains("app.toml:2:1", "colour", "problems in app.toml");
    }

    @Test
    void aDeployOfAGoodAppEndsWithFive() throws IOException {
        Files.writeString(
                folder.resolve("app.toml"),
                """
                manifest_version = 1
                app = { name = "a" }
                [[trigger.http]]
                route = "/"
                function = "a"
                [function.a]
                source = "a.wasm"
                """);
        Files.writeString(folder.resolve("a.wasm"), "\0asm");

        assertThat(mayfly(free(), "deploy").exit()).isEqualTo(5);
    }

    @Test
    void somethingElseThanMayflyIsNotTakenForIt() throws IOException {
        String page = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n<p>x\n";
        try (ServerSocket other = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.startVirtualThread(() -> answer(other, page));

            Typed typed = mayfly(other.getLocalPort(), "apps");

            assertThat(typed.exit()).isEqualTo(5);
            assertThat(typed.err()).contains("is not Mayfly's admin API", "3001");
            answering.interrupt();
        }
    }

    @Test
    void aFailedLoginKeepsNothing() throws IOException {
        Files.writeString(folder.resolve("token"), "abc");

        Typed typed =
                Typed.in(
                        folder,
                        environment(),
                        false,
                        "login",
                        "127.0.0.1:" + free(),
                        "--token-file",
                        "token");

        assertThat(typed.exit()).isEqualTo(5);
        assertThat(folder.resolve("mayfly")).doesNotExist();
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isNotNegative();
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Typed mayfly(int port, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server");
        all.add("http://127.0.0.1:" + port);
        return Typed.in(folder, environment(), false, all.toArray(String[]::new));
    }

    private Map<String, String> environment() {
        return Map.of(
                "XDG_CONFIG_HOME", folder.toString(), "MAYFLY_DATA_FOLDER", folder.toString());
    }
}
