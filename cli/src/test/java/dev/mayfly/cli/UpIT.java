package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher, real processes, real guests. */
final class UpIT {
    private static final String APP =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [variables]
            greeting = { default = "hello" }
            [[trigger.http]]
            route = "/echo/..."
            function = "echo"
            [[trigger.http]]
            route = "/fixed"
            hosts = ["shop.test"]
            methods = ["GET", "POST"]
            static_response = { status = 200, body = "fixed" }
            [function.echo]
            source = "echo.wasm"
            environment = { GREETING = "{{ greeting }}" }
            """;

    @TempDir static Path shared;
    private static Installation installed;

    @TempDir Path folder;

    @BeforeAll
    static void install() throws IOException {
        installed = Installation.in(shared.resolve("a checkout"));
    }

    @BeforeEach
    void anApp() throws IOException {
        Files.writeString(folder.resolve("app.toml"), APP);
        Files.write(folder.resolve("echo.wasm"), Guests.module("echo-c"));
    }

    @Test
    void theAppOfTheFolderIsServedUntilSigtermWhichEndsWithZero() throws Exception {
        try (ServedApp app = ServedApp.start(installed.command(folder, "up", "--listen", "0"))) {
            String base = app.uri().toString();

            assertThat(app.out())
                    .anySatisfy(
                            line -> assertThat(line).contains(base + "/echo/...", " any ", " echo"))
                    .anySatisfy(line ->
                            assertThat(line)
                                    .contains("http://shop.test:" + app.uri().getPort())
                                    .contains("/fixed", "GET", "POST", "static 200"));
            assertThat(app.get("/echo/x?env").body()).contains("env GREETING=hello\n");
            assertThat(app.get("/elsewhere").statusCode()).isEqualTo(404);
            assertThat(app.terminate()).isZero();
            assertThat(app.err()).isEmpty();
        }
    }

    @Test
    void aModuleByItselfAnswersEveryPath() throws Exception {
        ProcessBuilder up = installed.command(shared, "up", folder + "/echo.wasm", "--listen", "0");
        try (ServedApp app = ServedApp.start(up)) {
            assertThat(app.get("/any/path?env").body()).contains("env PATH_INFO=/any/path\n");
        }
    }

    @Test
    void variablesAndEnvironmentReachTheGuest() throws Exception {
        ProcessBuilder up =
                installed.command(
                        folder,
                        "up",
                        "--listen",
                        "0",
                        "--variable",
                        "greeting=a=b c",
                        "--env",
                        "LOG=");
        try (ServedApp app = ServedApp.start(up)) {
            assertThat(app.get("/echo/?env").body()).contains("env GREETING=a=b c\n", "env LOG=\n");
        }
    }

    @Test
    void whatAGuestLogsIsFollowedWithItsFunctionAndItsRequest() throws Exception {
        ProcessBuilder up =
                installed.command(folder, "up", "--listen", "0", "--log-format", "text", "-q");
        try (ServedApp app = ServedApp.start(up)) {
            String id =
                    app.get("/echo/?stderr=out%20of%20milk")
                            .headers()
                            .firstValue("X-Request-Id")
                            .orElseThrow();
            app.awaitLine("out of milk");

            assertThat(app.out())
                    .filteredOn(line -> line.contains("out of milk"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("echo", id));
        }
    }

    @Test
    void quietLeavesOnlyTheAddress() throws Exception {
        try (ServedApp app =
                ServedApp.start(installed.command(folder, "up", "--listen", "0", "--quiet"))) {
            app.get("/echo/");

            assertThat(app.terminate()).isZero();
            assertThat(app.out()).singleElement().asString().startsWith("listening on ");
        }
    }

    @Test
    void sigusr1PrintsWhatFunctionsHoldAndDid() throws Exception {
        try (ServedApp app = ServedApp.start(installed.command(folder, "up", "--listen", "0"))) {
            app.get("/echo/");
            app.signal("USR1");
            app.awaitLine("shop/echo");

            assertThat(app.err())
                    .anySatisfy(line -> assertThat(line).contains("1 hot, 0 warm", "1 runs"))
                    .anySatisfy(line -> assertThat(line).contains("tier", "dirty p50", "memory"))
                    .anySatisfy(
                            line -> assertThat(line).matches(" +shop/echo +hot +1 +0 +0 +1 +0 .*"));
            assertThat(app.terminate()).isZero();
        }
    }

    @Test
    void statsAreToldAtTheEndWhenThatWasAskedFor() throws Exception {
        ProcessBuilder up = installed.command(folder, "up", "--listen", "0", "--stats");
        try (ServedApp app = ServedApp.start(up)) {
            app.get("/echo/");
            app.get("/echo/?exit=3");
            app.signal("TERM"); // a process that Java ends is not read to its end
            app.awaitLine("shop/echo");

            assertThat(app.err())
                    .anySatisfy(
                            line -> assertThat(line).matches(" +shop/echo +hot +1 +0 +0 +2 +0 .*"));
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Typed up = installed.run(folder, "up", "--listen", port);

            assertThat(up.exit()).isEqualTo(1);
            assertThat(up.err()).contains("127.0.0.1:" + port, "--listen").doesNotContain("\tat ");
        }
    }

    @Test
    void anInvalidAppEndsWithThreeAndEveryProblem() throws Exception {
        Files.writeString(folder.resolve("app.toml"), APP.replace("echo.wasm", "../echo.wasm"));
        Typed up = installed.run(folder, "up", "--listen", "0");

        assertThat(up.exit()).isEqualTo(3);
        assertThat(up.out()).isEmpty();
        assertThat(up.err()).contains("app.toml:15:1: function.echo.source");
    }

    @Test
    void aModuleThatIsNoneEndsWithThree() throws Exception {
        Files.writeString(folder.resolve("echo.wasm"), "(module)");
        Typed up = installed.run(folder, "up", "--listen", "0");

        assertThat(up.exit()).isEqualTo(3);
        assertThat(up.err()).contains("function.echo").doesNotContain("\tat ");
    }

    @Test
    void aWrongSettingEndsWithTwo() throws Exception {
        Typed flag = installed.run(folder, "up", "--listen", "nowhere:0:0");
        ProcessBuilder misspelt = installed.command(folder, "up");
        misspelt.environment().put("MAYFLY_LISTENN", "8080");
        Typed variable = Installation.run(misspelt);

        assertThat(flag.exit()).isEqualTo(2);
        assertThat(flag.err()).contains("nowhere:0:0", "host:port");
        assertThat(variable.exit()).isEqualTo(2);
        assertThat(variable.err()).contains("MAYFLY_LISTENN");
    }
}
