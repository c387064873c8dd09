package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with an app once it is deployed; each test has apps of its own. */
final class OperatingIT {
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
    void aRollbackBringsTheRevisionBeforeAndATrafficSplitBoth() throws Exception {
        twoRevisions("back");

        assertThat(server.get("/back/?env").body()).contains("env GREETING=servus\n");
        assertThat(server.mayfly("rollback", "--app", "back").out())
                .isEqualTo("back is back at revision 1\n");
        assertThat(server.get("/back/?env").body()).contains("env GREETING=hello\n");
        Typed split = server.mayfly("traffic", "set", "1=90", "2=10", "--app", "back");
        assertThat(split.out()).containsPattern("1 +90 %").containsPattern("2 +10 %");
        assertThat(server.mayfly("apps").out()).contains("1=90 2=10");
    }

    @Test
    void aServerTellsItsHealthToAnybody() {
        Typed health = Typed.in(folder, server.stranger(), false, "health");
        Typed json = Typed.in(folder, server.stranger(), false, "health", "--output", "json");

        assertThat(health).isEqualTo(new Typed(0, "ready\n", ""));
        assertThat(json.out()).contains("\"status\": \"ready\"");
    }

    @Test
    void theProbeOfAContainerSaysTheSameWithLess() throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("MAYFLY_ADMIN_LISTEN", server.admin().toString());

        assertThat(HealthProbe.ask(environment, out)).isEqualTo(Exit.OK);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("\"ready\"");
        assertThat(HealthProbe.ask(Map.of("MAYFLY_ADMIN_LISTEN", "127.0.0.1:1"), out))
                .isEqualTo(Exit.UNREACHABLE);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("http://127.0.0.1:1");
    }

    @Test
    void whereAdminsNeedTlsTheProbeAsksThePortForFunctions() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        Map<String, String> environment =
                Map.of(
                        "MAYFLY_ADMIN_LISTEN", "127.0.0.1:1",
                        "MAYFLY_ADMIN_TLS_CERTIFICATE", "admin.pem",
                        "MAYFLY_LISTEN", server.listen().toString());

        assertThat(HealthProbe.ask(environment, out)).isEqualTo(Exit.OK);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("\"ok\"");
    }

    @Test
    void sharesThatDoNotMakeAHundredAreWrongUsage() throws IOException {
        Typed split = server.mayfly("traffic", "set", "1=90", "2=20", "--app", "any");

        assertThat(split.exit()).isEqualTo(2);
        assertThat(split.err()).contains("110 %", "expected: 100");
    }

    @Test
    void aRevisionIsLookedAtWithoutTraffic() throws Exception {
        twoRevisions("looked-at");

        JsonNode old =
                server.json("invoke", "/looked-at/?env", "-a", "looked-at", "--revision", "1");

        assertThat(old.path("status").asInt()).isEqualTo(200);
        assertThat(old.path("body").asText())
                .contains("env GREETING=hello\n")
                .doesNotContain("X_MAYFLY");
        assertThat(server.get("/looked-at/?env").body()).contains("GREETING=servus");
    }

    @Test
    void aRequestIsFollowedToItsLogByItsId() throws IOException {
        deploy("logs", "");
        JsonNode answer = server.json("invoke", "/logs/?stderr=something", "--app", "logs");

        String id = answer.path("request_id").asText();
        Typed logs = server.mayfly("logs", "--app", "logs", "--request-id", id);

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(logs.exit()).as(logs.err()).isZero();
        assertThat(logs.out().lines())
                .isNotEmpty()
                .allMatch(line -> line.contains(id) && line.contains("something"));
    }

    @Test
    void whoFollowsTheLogSeesWhatIsWrittenFromThenOn() throws Exception {
        deploy("followed", "");
        server.get("/followed/?stderr=before");
        try (Following logs = server.follow("logs", "-f", "--app", "followed")) {
            Awaitility.await().until(() -> logs.out().contains("before"));
            server.get("/followed/?stderr=after");
            Awaitility.await().until(() -> logs.out().contains("after"));
            assertThat(logs.out().lines().filter(line -> line.contains("before"))).hasSize(1);
            assertThat(logs.isRunning()).isTrue();
        }
    }

    @Test
    void aRequestIsRememberedAndSentAgain() throws Exception {
        Path manifest = deploy("again", "").resolve("app.toml");
        JsonNode plain = server.json("invoke", "/again/?text=hi", "--app", "again");
        Typed refused = server.mayfly("replay", plain.path("request_id").asText());
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.err()).contains("does not record bodies");

        Files.writeString(manifest, Files.readString(manifest) + "record = \"bodies\"\n");
        assertThat(server.mayfly("deploy", manifest.toString()).exit()).isZero();
        String id =
                server.json("invoke", "/again/?text=hi", "--app", "again")
                        .path("request_id")
                        .asText();

        Typed list = server.mayfly("activations", "--app", "again");
        assertThat(list.exit()).as(list.err()).isZero();
        assertThat(list.out()).contains("again/echo@2", "succeeded", id + " *");
        Typed replay = server.mayfly("replay", id);
        assertThat(replay.exit()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.out()).contains("recorded: 200", "replayed: 200", "the same answer");
    }

    @Test
    void anAppIsAskedByItsHost() throws IOException {
        deploy("hosted", "hosts = [\"shop.example\"]");

        Typed answer = server.mayfly("invoke", "/hosted/?env", "--app", "hosted");

        assertThat(answer.exit()).isZero();
        assertThat(answer.err()).startsWith("200, ");
        assertThat(answer.out()).contains("env HTTP_HOST=shop.example");
    }

    @Test
    void aSecretReachesTheFunctionAndNobodyElse() throws Exception {
        deploy("sealed", "");
        Typed set =
                server.mayfly(
                        new Piped("opensesame\n"), "secrets", "set", "api_key", "--app", "sealed");

        assertThat(set.exit()).as(set.err()).isZero();
        Typed list = server.mayfly("secrets", "list", "--app", "sealed");
        assertThat(list.out()).contains("api_key");
        assertThat(set.out() + set.err() + list.out() + list.err()).doesNotContain("opensesame");
        assertThat(server.get("/sealed/?env").body()).contains("env KEY=opensesame\n");
    }

    @Test
    void aSecretIsNoArgumentAndNeverEmpty() throws IOException {
        Typed argument = server.mayfly("secrets", "set", "api_key=opensesame", "--app", "any");
        Typed empty = server.mayfly(new Person(""), "secrets", "set", "api_key", "--app", "any");

        assertThat(argument.exit()).isEqualTo(2);
        assertThat(argument.err()).contains("others can see it").doesNotContain("opensesame");
        assertThat(empty.exit()).isEqualTo(2);
    }

    @Test
    void aTokenDoesWhatItsScopeSaysAndNoMore() throws IOException {
        deploy("mine", "");
        deploy("yours", "");
        JsonNode token = server.json("tokens", "create", "ci", "--scope", "deploy:mine");
        String text = token.path("text").asText();

        assertThat(server.as(text, "rollback", "1", "--app", "mine").exit()).isZero();
        Typed other = server.as(text, "variables", "set", "greeting=x", "--app", "yours");
        assertThat(other.exit()).isEqualTo(4);
        assertThat(other.err()).contains("the app yours is not here").doesNotContain(text);
        assertThat(server.as(text, "tokens", "list").err()).contains("the scope admin");
        assertThat(server.mayfly("tokens", "list").out()).contains("ci").doesNotContain(text);
        server.mayfly("tokens", "revoke", token.path("id").asText());
        Typed revoked = server.as(text, "apps");
        assertThat(revoked.exit()).isEqualTo(4);
        assertThat(revoked.err()).contains("mayfly login");
    }

    @Test
    void whoHasNoTokenIsToldWhereAServerOfThisMachineKeepsIts() {
        Map<String, String> environment = new HashMap<>(server.stranger());
        environment.put("XDG_CONFIG_HOME", folder.resolve("never-logged-in").toString());

        Typed apps = Typed.in(folder, environment, false, "apps");

        assertThat(apps.exit()).isEqualTo(4);
        assertThat(apps.err()).contains("may still be starting", "MAYFLY_DATA_FOLDER");
    }

    @Test
    void aLoginIsCheckedAndKept() throws IOException {
        String url = "http://" + server.admin();
        String file = server.tokenFile().toString();
        Typed login = server.as("x", "login", url, "--token-file", file, "--context", "here");

        assertThat(login.exit()).as(login.err()).isZero();
        assertThat(login.out()).startsWith("logged in to " + url).contains("admin", "context here");
        assertThat(server.as("x", "apps", "--context", "here").exit()).isZero();
        Typed wrong = server.as("wrong", "login", url, "--context", "there");
        assertThat(wrong.exit()).isEqualTo(4);
        assertThat(server.as("x", "context", "list").out())
                .contains("here")
                .doesNotContain("there");
    }

    @Test
    void anAppIsDeletedOnlyByWhoMeansIt() throws Exception {
        deploy("doomed", "");

        assertThat(server.mayfly("delete", "doomed").exit()).isEqualTo(2);
        assertThat(server.mayfly(new Person("no"), "delete", "doomed").exit()).isEqualTo(1);
        assertThat(server.get("/doomed/").statusCode()).isEqualTo(200);
        assertThat(server.mayfly(new Person("doomed"), "delete", "doomed").exit()).isZero();
        assertThat(server.get("/doomed/").statusCode()).isEqualTo(404);
    }

    @Test
    void theStatusTellsThatAllIsWell() throws IOException {
        deploy("seen", "");
        Typed status = server.mayfly("status");

        assertThat(status.exit()).as(status.out()).isZero();
        assertThat(status.out()).contains("ready", "database ok", server.listen().toString());
        assertThat(server.mayfly("routes").out()).contains("/seen/...", "seen", "echo");
    }

    private static Path deploy(String name, String more) throws IOException {
        Path app = server.app(name, "/" + name + "/...", more);
        Typed deploy = server.mayfly("deploy", app.toString());
        assertThat(deploy.exit()).as(deploy.err()).isZero();
        return app;
    }

    private static void twoRevisions(String name) throws IOException {
        Path manifest = deploy(name, "").resolve("app.toml");
        Files.writeString(manifest, Files.readString(manifest).replace("\"hello\"", "\"servus\""));
        assertThat(server.mayfly("deploy", manifest.toString()).exit()).isZero();
    }
}
