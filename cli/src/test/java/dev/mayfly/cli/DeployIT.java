package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploys to a real server; each test has apps of its own. */
final class DeployIT {
    @TempDir static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aDeployedAppAnswersWhereTheDeploySays() throws Exception {
        Path app = server.app("first", "/first/...", "");

        Typed deploy = server.mayfly("deploy", app.toString(), "--message", "why not");

        assertThat(deploy.exit()).as(deploy.err()).isZero();
        assertThat(deploy.out())
                .startsWith("deployed first, revision 1, in ")
                .contains("http://" + server.listen() + "/first\n");
        assertThat(server.get("/first/x?env").body()).contains("env GREETING=hello\n");
        assertThat(server.mayfly("revisions", "--app", "first").out())
                .contains("1 ", "100 %", "why not");
    }

    @Test
    void theSameAgainIsUnchangedAndSendsNothing() throws IOException {
        Path app = server.app("again", "/again", "");
        server.mayfly("deploy", app.toString());

        Typed second = server.mayfly("deploy", app.toString());

        assertThat(second.exit()).isZero();
        assertThat(second.out()).startsWith("again is unchanged, revision 1");
        assertThat(second.err()).doesNotContain("uploading");
    }

    @Test
    void aDryRunTellsThePlanAndChangesNothing() throws Exception {
        Path app = server.app("planned", "/planned", "");

        JsonNode plan = server.json("deploy", app.toString(), "--dry-run");

        assertThat(plan.path("outcome").asText()).isEqualTo("planned");
        assertThat(plan.path("changes")).isNotEmpty();
        assertThat(server.get("/planned").statusCode()).isEqualTo(404);
    }

    @Test
    void aModuleThatDoesNotLoadEndsWithThreeAndTheOldOneServesOn() throws Exception {
        Path app = server.app("broken", "/broken/...", "");
        server.mayfly("deploy", app.toString());
        Files.writeString(app.resolve("echo.wasm"), "no module");

        Typed deploy = server.mayfly("deploy", app.toString());

        assertThat(deploy.exit()).isEqualTo(3);
        assertThat(deploy.err()).contains("apps/broken/app.toml: function.echo");
        assertThat(server.get("/broken/").statusCode()).isEqualTo(200);
    }

    @Test
    void aRouteOfAnotherAppEndsWithFourAndNamesIt() throws IOException {
        server.mayfly("deploy", server.app("owner", "/taken", "").toString());

        Typed deploy = server.mayfly("deploy", server.app("thief", "/taken", "").toString());

        assertThat(deploy.exit()).isEqualTo(4);
        assertThat(deploy.err()).contains("/taken belongs to the app owner");
    }

    @Test
    void anOldVersionEndsWithFourAndTheNewOneIsTold() throws IOException {
        Path app = server.app("stale", "/stale", "");
        server.mayfly("deploy", app.toString());

        Typed deploy = server.mayfly("deploy", app.toString(), "--if-version", "99");

        assertThat(deploy.exit()).isEqualTo(4);
        assertThat(deploy.err()).containsPattern("is at version \\d+ by now");
    }

    @Test
    void aVariableIsSetFirstAndKept() throws Exception {
        Path app = server.app("greets", "/greets/...", "");

        Typed deploy = server.mayfly("deploy", app.toString(), "--variable", "greeting=servus");

        assertThat(deploy.exit()).as(deploy.err()).isZero();
        assertThat(server.get("/greets/?env").body()).contains("env GREETING=servus\n");
        assertThat(server.mayfly("variables", "list", "--app", "greets").out())
                .containsPattern("greeting +servus");
    }

    @Test
    void aSecretOrAnUnknownVariableIsRefusedBeforeAnythingIsSent() throws IOException {
        Path app = server.app("secretive", "/secretive", "");

        Typed deploy =
                server.mayfly(
                        "deploy",
                        app.toString(),
                        "--variable",
                        "api_key=opensesame",
                        "--variable",
                        "colour=red");

        assertThat(deploy.exit()).isEqualTo(3);
        assertThat(deploy.err())
                .contains("--variable api_key: is a secret", "mayfly secrets set api_key")
                .contains("--variable colour: is not declared")
                .doesNotContain("opensesame", "uploading");
    }

    @Test
    void aModuleByItselfIsAnApp() throws Exception {
        Path module = server.app("m", "/unused", "").resolve("echo.wasm");
        Path alone = Files.copy(module, folder.resolve("alone.wasm"));
        Typed deploy = server.mayfly("deploy", alone.toString(), "--dry-run");

        assertThat(deploy.exit()).as(deploy.err()).isZero();
        assertThat(deploy.out()).contains("a deploy of alone would change");
    }
}
