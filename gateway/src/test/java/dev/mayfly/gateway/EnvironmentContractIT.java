package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.EchoReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What real guests of three toolchains are given, through a real socket. */
@ParameterizedClass
@MethodSource("dev.mayfly.guests.Guests#echoes")
class EnvironmentContractIT {
    @TempDir static Path folder;
    private static EchoServer server;

    private final String guest;

    EnvironmentContractIT(String guest) {
        this.guest = guest;
    }

    @BeforeAll
    static void start() {
        server = new EchoServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private EchoReport report(String rest, String... lines) {
        return server.get("/" + guest + rest, lines).report();
    }

    @Test
    @Tag("env.GATEWAY_INTERFACE")
    @Tag("env.SERVER_SOFTWARE")
    @Tag("env.SERVER_PROTOCOL")
    @Tag("env.SERVER_NAME")
    @Tag("env.SERVER_PORT")
    @Tag("env.REQUEST_METHOD")
    @Tag("env.AUTH_TYPE")
    @Tag("env.HTTPS")
    @Tag("env.X_BASE_PATH")
    @Tag("env.own")
    void theServerTellsOfItselfAndOfTheFunction() {
        Map<String, String> environment = report("/a").environment();
        assertThat(environment)
                .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
                .containsEntry("SERVER_SOFTWARE", "Mayfly/" + Version.current())
                .containsEntry("SERVER_PROTOCOL", "HTTP/1.1")
                .containsEntry("SERVER_NAME", "localhost")
                .containsEntry("SERVER_PORT", String.valueOf(server.port))
                .containsEntry("REQUEST_METHOD", "GET")
                .containsEntry("AUTH_TYPE", "")
                .containsEntry("REMOTE_USER", "")
                .containsEntry("X_BASE_PATH", "/")
                .containsEntry("GREETING", "hi")
                .doesNotContainKey("HTTPS");
        assertThat(server.send("PUT /" + guest + " HTTP/1.0\r\n\r\n").report().environment())
                .containsEntry("SERVER_PROTOCOL", "HTTP/1.0")
                .containsEntry("SERVER_NAME", "127.0.0.1")
                .containsEntry("REQUEST_METHOD", "PUT");
    }

    @Test
    @Tag("env.SCRIPT_NAME")
    @Tag("env.PATH_INFO")
    @Tag("env.X_RAW_PATH_INFO")
    @Tag("env.QUERY_STRING")
    @Tag("env.X_MATCHED_ROUTE")
    @Tag("env.X_COMPONENT_ROUTE")
    @Tag("env.X_PATH_MATCH")
    @Tag("env.X_FULL_URL")
    @Tag("routes.raw")
    void thePathIsTakenApartAsTheRouteSays() {
        assertThat(report("-user/a%20b/x%2Fy?q=%41").environment())
                .containsEntry("SCRIPT_NAME", "/" + guest + "-user/a%20b")
                .containsEntry("PATH_INFO", "/x/y")
                .containsEntry("PATH_TRANSLATED", "/x/y")
                .containsEntry("X_RAW_PATH_INFO", "/x%2Fy")
                .containsEntry("QUERY_STRING", "q=%41")
                .containsEntry("X_MATCHED_ROUTE", "/" + guest + "-user/:user-id/...")
                .containsEntry("X_RAW_COMPONENT_ROUTE", "/" + guest + "-user/:user-id/...")
                .containsEntry("X_COMPONENT_ROUTE", "/" + guest + "-user/:user-id")
                .containsEntry("X_PATH_MATCH_USER_ID", "a b")
                .containsEntry(
                        "X_FULL_URL", "http://localhost:99/" + guest + "-user/a%20b/x%2Fy?q=%41");
        assertThat(report("-exact").environment())
                .containsEntry("SCRIPT_NAME", "/" + guest + "-exact")
                .containsEntry("PATH_INFO", "")
                .containsEntry("QUERY_STRING", "");
    }

    @Test
    @Tag("env.REMOTE_ADDR")
    @Tag("env.X_CLIENT_ADDR")
    void theClientIsTheSocketsOther() {
        Map<String, String> environment =
                report("/a", "X-Forwarded-For: 1.2.3.4", "Forwarded: for=1.2.3.4").environment();
        assertThat(environment)
                .containsEntry("REMOTE_ADDR", "127.0.0.1")
                .containsEntry("REMOTE_HOST", "127.0.0.1")
                .containsEntry("X_CLIENT_ADDR", "127.0.0.1:" + environment.get("REMOTE_PORT"));
    }

    @Test
    @Tag("env.X_REQUEST_ID")
    @Tag("env.TRACEPARENT")
    void theRequestIdIsNewAndTheAnswerCarriesItToo() {
        Answer answer = server.get("/" + guest + "/a", "X-Request-Id: forged");
        String id = answer.report().environment().get("X_REQUEST_ID");
        assertThat(id).isNotEqualTo("forged").isNotBlank();
        assertThat(answer.all("x-request-id")).containsExactly(id);
        assertThat(report("/a").environment().get("X_REQUEST_ID")).isNotEqualTo(id);
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertThat(report("/a", "traceparent: " + parent).environment().get("TRACEPARENT"))
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(report("/a").environment().get("TRACEPARENT"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    @Test
    @Tag("env.HTTP")
    @Tag("env.authorization")
    @Tag("env.bytes")
    void everyFieldIsPassedAsItsBytes() {
        Map<String, String> environment =
                report(
                                "/a",
                                "X-Two: one",
                                "x-two: two",
                                "Cookie: a=1",
                                "Cookie: b=2",
                                "Authorization: Bearer t",
                                "X-Bytes: gr\u00fc\u00df")
                        .environment();
        assertThat(environment)
                .containsEntry("HTTP_HOST", "localhost:99")
                .containsEntry("HTTP_X_TWO", "one, two")
                .containsEntry("HTTP_COOKIE", "a=1; b=2")
                .containsEntry("HTTP_AUTHORIZATION", "Bearer t")
                .containsEntry("HTTP_X_BYTES", "gr\u00fc\u00df");
    }

    @Test
    @Tag("env.not-passed")
    void whatIsBetweenTwoHopsOrPosesAsAnotherIsNotPassed() {
        Map<String, String> environment =
                report(
                                "/a",
                                "Proxy: evil",
                                "X-Hop: named by Connection",
                                "Keep-Alive: 1",
                                "TE: trailers",
                                "Trailer: x",
                                "X-Mayfly-Secret: x",
                                "X_Under: x")
                        .environment();
        assertThat(environment)
                .doesNotContainKeys(
                        "HTTP_PROXY",
                        "HTTP_CONNECTION",
                        "HTTP_X_HOP",
                        "HTTP_KEEP_ALIVE",
                        "HTTP_TE",
                        "HTTP_TRAILER",
                        "HTTP_X_MAYFLY_SECRET",
                        "HTTP_X_UNDER");
    }

    @Test
    @Tag("env.CONTENT_LENGTH")
    @Tag("env.CONTENT_TYPE")
    @Tag("stdio.stdin")
    void theBodyIsStandardInput() {
        EchoReport report =
                server.post("/" + guest + "/a", "h\u00e4llo", "Content-Type: text/x").report();
        assertThat(report.stdin()).isEqualTo("h\u00e4llo");
        assertThat(report.environment())
                .containsEntry("CONTENT_LENGTH", "5")
                .containsEntry("CONTENT_TYPE", "text/x");
        assertThat(report("/a").environment()).doesNotContainKeys("CONTENT_LENGTH", "CONTENT_TYPE");
        assertThat(server.post("/" + guest + "/a", "").report().environment())
                .containsEntry("CONTENT_LENGTH", "0");
    }

    @Test
    @Tag("stdio.stdin")
    @Tag("stdio.stream")
    void aChunkedBodyHasALengthOnceItIsWhole() {
        String chunked =
                " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        EchoReport whole = server.send("POST /" + guest + "/a" + chunked).report();
        assertThat(whole.stdin()).isEqualTo("abcde");
        assertThat(whole.environment()).containsEntry("CONTENT_LENGTH", "5");
        EchoReport streamed = server.send("POST /" + guest + "-stream/a" + chunked).report();
        assertThat(streamed.stdin()).isEqualTo("abcde");
        assertThat(streamed.environment()).doesNotContainKey("CONTENT_LENGTH");
    }

    @Test
    @Tag("argv.script-name")
    @Tag("argv.args")
    void argumentsAreThePathAndTheQuerysItems() {
        assertThat(report("/a%20b?x=1&&y%202").arguments())
                .isEqualTo(List.of("/" + guest + "/a%20b", "x=1", "y%202"));
        assertThat(report("/a").arguments()).isEqualTo(List.of("/" + guest + "/a"));
    }

    @Test
    @Tag("stdio.descriptors")
    void noDescriptorIsATerminal() {
        assertThat(report("/a?isatty").lines()).containsOnly("tty 0");
    }
}
