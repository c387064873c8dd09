package dev.mayfly.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.EchoReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How modules of each form are run, and which are refused. */
final class FormsContractIT {
    private static Server serving(String guest, String more) {
        return Server.start(EchoApp.written(EchoApp.oneFunction(guest, more), guest), Map.of());
    }

    private static EchoReport report(Server server, String target) {
        Reply reply = Wire.ask(server.port(), Wire.request("GET", target, "any"));
        assertThat(reply.status()).isEqualTo(200);
        return reply.report();
    }

    @ParameterizedTest
    @Tag("form.command")
    @ValueSource(strings = {"echo-c", "echo-rust", "echo-as"})
    void aCommandStartsAnewInEveryRequest(String guest) {
        for (int i = 0; i < 3; i++) {
            assertThat(EchoApp.get(guest, "/exact?count&remember=secret").report().line("count"))
                    .isEqualTo("1");
        }
    }

    @Test
    @Tag("form.command")
    void aWarmUpOnACommandIsRefusedWithTheMend() {
        Server.Refusal refusal = refused("echo-c", "snapshot = { warmup = [\"GET /\"] }");
        assertThat(refusal.output()).contains("reactor");
    }

    @ParameterizedTest
    @Tag("form.wizer")
    @CsvSource({"wizer-c, resumed", "wizer-start-c, started"})
    void aWizerModuleIsInitialisedOnceAndResumedInEachRequest(String guest, String counter) {
        try (Server server = serving(guest, "")) {
            for (int i = 0; i < 3; i++) {
                EchoReport report = report(server, "/a" + i);
                assertThat(report.line("initialised")).isEqualTo("1");
                assertThat(report.line(counter)).isEqualTo("1");
                assertThat(report.line("path")).isEqualTo("/a" + i);
            }
        }
    }

    @Test
    @Tag("form.reactor")
    void aReactorIsInitialisedOnceThenWarmedUp() {
        try (Server server =
                serving("reactor-c", "snapshot = { warmup = [\"GET /warm\", \"GET /warm\"] }")) {
            for (int i = 0; i < 3; i++) {
                EchoReport report = report(server, "/b" + i);
                assertThat(report.line("initialised")).isEqualTo("1");
                assertThat(report.line("handled")).isEqualTo("3");
                assertThat(report.line("path")).isEqualTo("/b" + i);
            }
        }
    }

    @Test
    @Tag("form.reactor")
    void aWarmUpThatAnswers500FailsTheLoad() {
        Server.Refusal refusal =
                refused(
                        "reactor-c",
                        "entrypoint = \"failing\"\nsnapshot = { warmup = [\"GET /warm\"] }");
        assertThat(refusal.output()).contains("GET /warm");
    }

    @Test
    @Tag("form.routes")
    void routesTheModulePrintsBecomeSubRoutes() {
        try (Server server = serving("routes-c", "")) {
            assertThat(report(server, "/one").line("entry")).isEqualTo("one");
            assertThat(report(server, "/two/x").line("entry")).isEqualTo("two");
            assertThat(report(server, "/items/7").line("id")).isEqualTo("7");
        }
        assertThat(refused("routes-broken-c", "").exitCode()).isEqualTo(3);
    }

    @Test
    @Tag("form.choice")
    void theEntrypointThatAppTomlNamesComesFirst() {
        try (Server server = serving("routes-c", "entrypoint = \"two\"")) {
            assertThat(report(server, "/elsewhere").line("entry")).isEqualTo("two");
        }
        assertThat(refused("reactor-c", "entrypoint = \"absent\"").output())
                .contains("absent", "handle");
    }

    @Test
    @Tag("form.frozen-environment")
    void aModuleThatKeepsItsFirstEnvironmentIsRefusedWithTheMend() {
        assertThat(refused("reactor-frozen-env-c", "").output())
                .contains("__wasilibc_deinitialize_environ");
    }

    @Test
    @Tag("form.refused")
    void randomBytesBeforeTheFreezeAreRefusedUnlessAllowed() {
        assertThat(refused("reactor-entropy-c", "").output()).contains("allow_entropy");
        try (Server server = serving("reactor-entropy-c", "snapshot = { allow_entropy = true }")) {
            assertThat(Wire.ask(server.port(), Wire.request("GET", "/", "any")).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @Tag("form.refused")
    @CsvSource({"'\0asm\r\0\u0001\0', component", "(module), wat2wasm", "nonsense, WebAssembly"})
    void whatIsNoModuleIsRefusedWithTheReason(String bytes, String reason) throws IOException {
        Path folder = EchoApp.written(EchoApp.oneFunction("it", ""));
        Files.write(folder.resolve("it.wasm"), bytes.getBytes(StandardCharsets.ISO_8859_1));
        Server.Refusal refusal = Server.refusal(folder);
        assertThat(refusal.exitCode()).isEqualTo(3);
        assertThat(refusal.output())
                .containsIgnoringCase(reason)
                .doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @Tag("env.own")
    @ValueSource(strings = {"REQUEST_METHOD", "HTTP_X", "X_PATH_MATCH_ID"})
    void anEnvironmentThatPosesAsTheRequestIsRefused(String key) {
        assertThat(refused("echo-c", "environment = { " + key + " = \"a\" }").output())
                .contains(key);
    }

    @ParameterizedTest
    @Tag("argv.template")
    @ValueSource(strings = {"open \\\"quote", "${OTHER}", "a${ARGS}"})
    void anImpossibleTemplateFailsTheLoad(String template) {
        assertThat(refused("echo-c", "argv = \"" + template + "\"").output()).contains("argv");
    }

    @Test
    @Tag("exit.memory")
    void aModuleThatStartsAboveTheLimitFailsTheLoad() {
        assertThat(refused("secret-c", "limits = { memory = \"64KiB\" }").output())
                .contains("memory");
    }

    private static Server.Refusal refused(String guest, String more) {
        Server.Refusal refusal =
                Server.refusal(EchoApp.written(EchoApp.oneFunction(guest, more), guest));
        assertThat(refusal.exitCode()).isEqualTo(3);
        assertThat(refusal.output()).doesNotContain("Exception", "\tat ");
        return refusal;
    }
}
