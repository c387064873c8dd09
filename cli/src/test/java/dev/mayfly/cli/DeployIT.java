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

    @Test
    void aShareOfTheTrafficIsAllItGets() throws Exception {
        Path app = server.app("shared", "/shared/...", "");
        server.mayfly("deploy", app.toString());
        change(app);

        Typed deploy = server.mayfly("deploy", app.toString(), "--percent", "25%");

        assertThat(deploy.exit()).as(deploy.err()).isZero();
        JsonNode traffic = server.json("traffic", "--app", "shared").path("traffic");
        assertThat(traffic.toString()).isEqualTo("{\"1\":75,\"2\":25}");
    }

    @Test
    void aCanaryBeginsWithItsShareAndSaysHowItGoesOn() throws Exception {
        Path app = canary("bird");

        JsonNode canary = server.json("canary", "--app", "bird");

        assertThat(canary.path("state").asText()).isEqualTo("running");
        assertThat(canary.path("percent").asInt()).isEqualTo(5);
        assertThat(canary.path("step").asText()).isEqualTo("1h");
        assertThat(canary.path("abort_on").asText()).isEqualTo("5xx>2%");
        assertThat(server.mayfly("canary", "--app", "bird").out())
                .contains("revision", "5 %", "running", "5xx>2%");
        assertThat(
                        server.mayfly("deploy", app.toString(), "--canary", "5", "--percent", "5")
                                .exit())
                .isEqualTo(2);
        assertThat(server.mayfly("deploy", app.toString(), "--canary", "100%").err())
                .contains("expected: 1% to 99%");
    }

    @Test
    void anAbortedCanaryGivesAllTrafficBack() throws Exception {
        canary("aborted");

        Typed abort = server.mayfly("canary", "abort", "--app", "aborted");

        assertThat(abort.exit()).as(abort.err()).isZero();
        assertThat(abort.out()).isEqualTo("aborted is back at revision 1\n");
        assertThat(server.get("/aborted/?env").body()).contains("GREETING=hello");
        assertThat(server.mayfly("canary", "--app", "aborted").out()).contains("cancelled");
        assertThat(server.mayfly("canary", "abort", "--app", "aborted").exit()).isEqualTo(4);
    }

    @Test
    void aFinishedCanaryHasAllTraffic() throws Exception {
        canary("finished");

        Typed finish = server.mayfly("canary", "finish", "--app", "finished");

        assertThat(finish.exit()).as(finish.err()).isZero();
        assertThat(finish.out()).isEqualTo("finished: revision 2 has all traffic\n");
        assertThat(server.get("/finished/?env").body()).contains("GREETING=servus");
        Typed again = server.mayfly("canary", "finish", "--app", "finished");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("no rollout of finished is running");
    }

    @Test
    void anAppWithoutACanaryHasNoneToShow() throws IOException {
        server.mayfly("deploy", server.app("plain", "/plain", "").toString());

        Typed none = server.mayfly("canary", "--app", "plain");

        assertThat(none.exit()).isEqualTo(4);
        assertThat(none.err()).contains("a gradual rollout of plain is not here");
    }

    @Test
    void forProgramsWhatIsRefusedIsAProblemDocumentOnTheLastLine() throws IOException {
        server.mayfly("deploy", server.app("first-there", "/there", "").toString());
        Path thief = server.app("late", "/there", "");

        Typed deploy = server.mayfly("deploy", thief.toString(), "--output", "json");

        assertThat(deploy.exit()).isEqualTo(4);
        assertThat(deploy.out()).isEmpty();
        JsonNode problem = deploy.problem();
        assertThat(problem.path("type").asText()).isEqualTo("urn:mayfly:routes-taken");
        assertThat(problem.path("status").asInt()).isEqualTo(409);
        assertThat(problem.at("/clashes/0/app").asText()).isEqualTo("first-there");
    }

    @Test
    void forProgramsAManifestsProblemsAreInTheSameForm() throws Exception {
        Path app = server.app("flawed", "/flawed", "");
        Path manifest = app.resolve("app.toml");
        Files.writeString(manifest, Files.readString(manifest) + "colour = 1\n");

        JsonNode problem = server.mayfly("deploy", app.toString(), "-o", "json").problem();

        assertThat(problem.path("type").asText()).isEqualTo("urn:mayfly:invalid");
        assertThat(problem.at("/problems/0/line").asInt()).isPositive();
        assertThat(problem.at("/problems/0/key").asText()).contains("colour");
    }

    /** A second revision that gets 5 %, and no more within this test. */
    private static Path canary(String name) throws IOException {
        Path app = server.app(name, "/" + name + "/...", "");
        server.mayfly("deploy", app.toString());
        change(app);
        Typed deploy =
                server.mayfly(
                        "deploy",
                        app.toString(),
                        "--canary",
                        "5%",
                        "--step",
                        "1h",
                        "--abort-on",
                        "5xx>2%");
        assertThat(deploy.exit()).as(deploy.err()).isZero();
        return app;
    }

    private static void change(Path app) throws IOException {
        Path manifest = app.resolve("app.toml");
        Files.writeString(manifest, Files.readString(manifest).replace("\"hello\"", "\"servus\""));
    }
}
