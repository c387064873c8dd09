package dev.mayfly.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The environment, row by row, in each language. */
@ParameterizedClass
@MethodSource("dev.mayfly.guests.Guests#echoes")
final class EnvironmentContractIT {
    private static final Map<String, String> BEHIND_PROXY =
            Map.of("MAYFLY_TRUSTED_PROXIES", "127.0.0.1");

    @Parameter String guest = "";

    private Reply get(String target, String... lines) {
        return EchoApp.get(guest, target, lines);
    }

    @Test
    @Tag("env.GATEWAY_INTERFACE")
    @Tag("env.SERVER_SOFTWARE")
    @Tag("env.AUTH_TYPE")
    @Tag("env.HTTPS")
    @Tag("env.X_BASE_PATH")
    void theSameForEveryRequest() {
        Reply reply = get("/exact");
        assertThat(reply.variable("GATEWAY_INTERFACE")).isEqualTo("CGI/1.1");
        assertThat(reply.variable("SERVER_SOFTWARE")).startsWith("Mayfly/");
        assertThat(reply.variable("AUTH_TYPE")).isEmpty();
        assertThat(reply.variable("REMOTE_USER")).isEmpty();
        assertThat(reply.variable("HTTPS")).isEqualTo("<absent>");
        assertThat(reply.variable("X_BASE_PATH")).isEqualTo("/");
    }

    @Test
    @Tag("env.SERVER_PROTOCOL")
    void theProtocolIsTheOneReceived() {
        assertThat(get("/exact").variable("SERVER_PROTOCOL")).isEqualTo("HTTP/1.1");
        Reply old = EchoApp.ask("GET /exact HTTP/1.0\r\nHost: " + guest + ".test\r\n\r\n");
        assertThat(old.variable("SERVER_PROTOCOL")).isEqualTo("HTTP/1.0");
        assertThat(Http2.get(EchoApp.server().port(), "/anywhere").variable("SERVER_PROTOCOL"))
                .isEqualTo("HTTP/2.0");
    }

    @Test
    @Tag("env.SERVER_NAME")
    @Tag("env.SERVER_PORT")
    void theServersNameIsTheHostAndItsPortTheListeners() {
        Reply reply = EchoApp.ask(Wire.request("GET", "/exact", guest + ".test:81"));
        assertThat(reply.variable("SERVER_NAME")).isEqualTo(guest + ".test");
        assertThat(reply.variable("SERVER_PORT"))
                .isEqualTo(Integer.toString(EchoApp.server().port()));
        assertThat(
                        EchoApp.ask(Wire.request("GET", "/anywhere", "[::1]:81"))
                                .variable("SERVER_NAME"))
                .isEqualTo("[::1]");
        assertThat(EchoApp.ask("GET /anywhere HTTP/1.0\r\n\r\n").variable("SERVER_NAME"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    @Tag("env.REQUEST_METHOD")
    void theMethodIsAsSent() {
        assertThat(
                        EchoApp.ask(Wire.request("PURGE", "/exact", guest + ".test"))
                                .variable("REQUEST_METHOD"))
                .isEqualTo("PURGE");
    }

    @ParameterizedTest
    @Tag("env.SCRIPT_NAME")
    @Tag("env.PATH_INFO")
    @Tag("env.X_RAW_PATH_INFO")
    @CsvSource({
        "/users/a%20b/x%2Fy, /users/a%20b, /x/y, /x%2Fy",
        "/users/7, /users/7, '', ''",
        "/x/%C3%A9, '', /x/\u00c3\u00a9, /x/%C3%A9",
        "/exact, /exact, '', ''",
        "/p//x, /p, //x, //x",
    })
    void thePathIsScriptNameAndTheRest(String target, String script, String info, String raw) {
        Reply reply = get(target);
        assertThat(reply.variable("SCRIPT_NAME")).isEqualTo(script);
        assertThat(reply.variable("PATH_INFO")).isEqualTo(info);
        assertThat(reply.variable("PATH_TRANSLATED")).isEqualTo(info);
        assertThat(reply.variable("X_RAW_PATH_INFO")).isEqualTo(raw);
        assertThat(script + raw).isEqualTo(target);
    }

    @Test
    @Tag("env.QUERY_STRING")
    void theQueryIsRaw() {
        assertThat(get("/exact?x=%20&y=a+b").variable("QUERY_STRING")).isEqualTo("x=%20&y=a+b");
        assertThat(get("/exact").variable("QUERY_STRING")).isEmpty();
    }

    @Test
    @Tag("env.CONTENT_LENGTH")
    @Tag("env.CONTENT_TYPE")
    void theBodysLengthAndTypeAreThoseSent() {
        Reply none = get("/exact");
        assertThat(none.variable("CONTENT_LENGTH")).isEqualTo("<absent>");
        assertThat(EchoApp.post(guest, "/exact", new byte[0]).variable("CONTENT_LENGTH"))
                .isEqualTo("0");
        Reply some = EchoApp.post(guest, "/exact", new byte[7], "Content-Type: text/x-odd");
        assertThat(some.variable("CONTENT_LENGTH")).isEqualTo("7");
        assertThat(some.variable("CONTENT_TYPE")).isEqualTo("text/x-odd");
        Reply chunked =
                EchoApp.ask(
                        "POST /exact HTTP/1.1\r\nHost: "
                                + guest
                                + ".test\r\nConnection: close\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        assertThat(chunked.variable("CONTENT_LENGTH")).isEqualTo("3");
    }

    @Test
    @Tag("env.REMOTE_ADDR")
    @Tag("env.X_CLIENT_ADDR")
    void theClientIsThePeerUnlessATrustedProxySaysOtherwise() {
        Reply direct = get("/exact", "X-Forwarded-For: 192.0.2.9", "Forwarded: for=192.0.2.8");
        assertThat(direct.variable("REMOTE_ADDR")).isEqualTo("127.0.0.1");
        assertThat(direct.variable("REMOTE_HOST")).isEqualTo("127.0.0.1");
        assertThat(direct.variable("X_CLIENT_ADDR"))
                .isEqualTo("127.0.0.1:" + direct.variable("REMOTE_PORT"));
    }

    @Test
    @Tag("env.REMOTE_ADDR")
    @Tag("env.X_REQUEST_ID")
    void aTrustedProxySpeaksForItsClient() {
        var folder = EchoApp.written(EchoApp.oneFunction(guest, ""), guest);
        try (Server server = Server.start(folder, BEHIND_PROXY)) {
            Reply reply =
                    Wire.ask(
                            server.port(),
                            Wire.request(
                                    "GET",
                                    "/",
                                    "inner",
                                    "Forwarded: for=\"[2001:db8::7]:4711\";proto=https;host=shop.example",
                                    "X-Forwarded-For: 192.0.2.9",
                                    "X-Request-Id: abc-1"));
            assertThat(reply.variable("REMOTE_ADDR")).isEqualTo("2001:db8::7");
            assertThat(reply.variable("REMOTE_PORT")).isEqualTo("4711");
            assertThat(reply.variable("X_CLIENT_ADDR")).isEqualTo("[2001:db8::7]:4711");
            assertThat(reply.variable("SERVER_NAME")).isEqualTo("shop.example");
            assertThat(reply.variable("HTTPS")).isEqualTo("on");
            assertThat(reply.variable("X_REQUEST_ID")).isEqualTo("abc-1");
            assertThat(reply.header("x-request-id")).contains("abc-1");
        }
    }

    @Test
    @Tag("env.X_MATCHED_ROUTE")
    @Tag("env.X_COMPONENT_ROUTE")
    void theRouteIsAsWritten() {
        Reply reply = get("/p/x");
        assertThat(reply.variable("X_MATCHED_ROUTE")).isEqualTo("/p/...");
        assertThat(reply.variable("X_RAW_COMPONENT_ROUTE")).isEqualTo("/p/...");
        assertThat(reply.variable("X_COMPONENT_ROUTE")).isEqualTo("/p");
    }

    @Test
    @Tag("env.X_FULL_URL")
    void theFullUrlIsWhatTheClientUsed() {
        assertThat(
                        EchoApp.ask(Wire.request("GET", "/p/%20?a=b", guest + ".test:81"))
                                .variable("X_FULL_URL"))
                .isEqualTo("http://" + guest + ".test:81/p/%20?a=b");
        assertThat(get("/p").variable("X_FULL_URL")).isEqualTo("http://" + guest + ".test/p");
    }

    @Test
    @Tag("env.X_PATH_MATCH")
    void aParameterIsDecodedUnderItsName() {
        assertThat(get("/doc/a%2Fb%20c").variable("X_PATH_MATCH_FILE_NAME")).isEqualTo("a/b c");
    }

    @Test
    @Tag("env.X_REQUEST_ID")
    void theRequestsIdIsNewAndTheSameEverywhere() {
        Reply one = get("/exact?report&stderr=note%0A", "X-Request-Id: mine");
        Reply other = get("/exact?report&header=X-Request-Id:%20forged");
        assertThat(one.variable("X_REQUEST_ID")).hasSizeBetween(1, 128).isNotEqualTo("mine");
        assertThat(one.headers("x-request-id")).containsExactly(one.variable("X_REQUEST_ID"));
        assertThat(other.headers("x-request-id"))
                .hasSize(1)
                .isNotEqualTo(one.headers("x-request-id"));
        assertThat(EchoApp.server().logged("\"guest\"", one.variable("X_REQUEST_ID")))
                .contains("note");
    }

    @Test
    @Tag("env.TRACEPARENT")
    void theTraceIsTheCallersOrANewOne() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Reply given =
                get(
                        "/exact",
                        "traceparent: 00-" + trace + "-b7ad6b7169203331-01",
                        "tracestate: a=b");
        assertThat(given.variable("TRACEPARENT")).matches("00-" + trace + "-[0-9a-f]{16}-01");
        assertThat(given.variable("TRACESTATE")).isEqualTo("a=b");
        assertThat(get("/exact", "traceparent: nonsense").variable("TRACEPARENT"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    @Test
    @Tag("env.HTTP")
    void everyHeaderIsAVariableAndRepeatedOnesAreJoined() {
        Reply reply =
                get(
                        "/exact",
                        "X-One: a",
                        "x-one: b",
                        "Cookie: a=1",
                        "Cookie: b=2",
                        "Accept-Language: de");
        assertThat(reply.variable("HTTP_X_ONE")).isEqualTo("a, b");
        assertThat(reply.variable("HTTP_COOKIE")).isEqualTo("a=1; b=2");
        assertThat(reply.variable("HTTP_ACCEPT_LANGUAGE")).isEqualTo("de");
        assertThat(reply.variable("HTTP_HOST")).isEqualTo(guest + ".test");
    }

    @Test
    @Tag("env.own")
    void theFunctionsOwnEnvironmentIsThere() {
        assertThat(get("/exact").variable("GREETING")).isEqualTo("hello you");
    }

    @Test
    @Tag("env.not-passed")
    void whatCouldPoseAsAnotherIsNotPassed() {
        Reply reply =
                get(
                        "/exact",
                        "Proxy: evil",
                        "Keep-Alive: 5",
                        "TE: trailers",
                        "Trailer: X",
                        "Upgrade: odd",
                        "X-Mayfly-Token: t",
                        "X_Foo: posed",
                        "X-Named: gone",
                        "Connection: X-Named");
        assertThat(reply.report().environment().keySet())
                .doesNotContain(
                        "HTTP_PROXY",
                        "HTTP_CONNECTION",
                        "HTTP_KEEP_ALIVE",
                        "HTTP_TE",
                        "HTTP_TRAILER",
                        "HTTP_TRANSFER_ENCODING",
                        "HTTP_UPGRADE",
                        "HTTP_X_MAYFLY_TOKEN",
                        "HTTP_X_FOO",
                        "HTTP_X_NAMED");
    }

    @Test
    @Tag("env.authorization")
    @Tag("env.bytes")
    void credentialsAndAnyBytesArePassed() {
        assertThat(get("/exact", "Authorization: Basic abc").variable("HTTP_AUTHORIZATION"))
                .isEqualTo("Basic abc");
        assertThat(get("/exact", "X-Bytes: \u00c3\u00a9\u00ff").variable("HTTP_X_BYTES"))
                .isEqualTo("\u00c3\u00a9\u00ff");
    }
}
