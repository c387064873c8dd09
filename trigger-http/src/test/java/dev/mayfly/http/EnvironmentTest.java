package dev.mayfly.http;

import static dev.mayfly.http.TestHead.bare;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.RequestHead.Protocol;
import dev.mayfly.pool.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private Map<String, String> seen = Map.of();
    private List<String> arguments = List.of();

    private Map<String, String> ask(String route, RequestHead head, String body, String more)
            throws InterruptedException {
        ScriptedFunction function =
                new ScriptedFunction(
                        "f",
                        guest -> {
                            seen = guest.environment();
                            arguments = guest.arguments();
                            return new Outcome.Exited(0);
                        });
        TestApp.of(TestApp.route(route, "f")).function(function, more).ask(head, body);
        return seen;
    }

    private Map<String, String> ask(String route, RequestHead head) throws InterruptedException {
        return ask(route, head, "", "");
    }

    @Test
    void theServerTellsItsName() throws Exception {
        assertThat(ask("/...", get("/")))
                .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
                .containsEntry("SERVER_SOFTWARE", "Mayfly/1")
                .containsEntry("SERVER_PROTOCOL", "HTTP/1.1")
                .containsEntry("SERVER_NAME", "example.com")
                .containsEntry("SERVER_PORT", "3000")
                .containsEntry("AUTH_TYPE", "")
                .containsEntry("REMOTE_USER", "")
                .containsEntry("X_BASE_PATH", "/")
                .doesNotContainKeys("HTTPS", "CONTENT_LENGTH", "CONTENT_TYPE", "TRACESTATE");
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_0, HTTP/1.0", "HTTP_1_1, HTTP/1.1", "HTTP_2, HTTP/2.0"})
    void theProtocolIsTheOneReceived(Protocol protocol, String expected) throws Exception {
        assertThat(ask("/...", get("/").over(protocol, null)))
                .containsEntry("SERVER_PROTOCOL", expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Example.com:8080, Example.com",
        "[::1]:8080,       [::1]",
        "[::1],            [::1]",
        "'',               127.0.0.1",
    })
    void theServersNameIsTheHostWithoutPort(String host, String expected) throws Exception {
        assertThat(ask("/...", bare("GET", "/").with("Host", host)))
                .containsEntry("SERVER_NAME", expected)
                .containsEntry("SERVER_PORT", "3000");
    }

    @Test
    void withoutAHostTheListenersAddressStandsIn() throws Exception {
        assertThat(ask("/...", bare("GET", "/x").over(Protocol.HTTP_1_0, null)))
                .containsEntry("SERVER_NAME", "127.0.0.1")
                .containsEntry("X_FULL_URL", "http://127.0.0.1:3000/x");
    }

    @Test
    void anAuthorityOfHttp2IsTheHost() throws Exception {
        assertThat(ask("/...", bare("GET", "/").over(Protocol.HTTP_2, "shop.test:81")))
                .containsEntry("SERVER_NAME", "shop.test")
                .containsEntry("HTTP_HOST", "shop.test:81")
                .containsEntry("X_FULL_URL", "http://shop.test:81/");
    }

    @ParameterizedTest
    @CsvSource({
        "/...,           /,                /           ,''",
        "/...,           /a%20b/,          /a%20b/     ,''",
        "/...,           //x,              //x         ,''",
        "/p/...,         /p,               ''          ,/p",
        "/p/...,         /p/,              /           ,/p",
        "/p/...,         /p/x%2Fy/z,       /x%2Fy/z    ,/p",
        "/users/:id/..., /users/a%20b/x,   /x          ,/users/a%20b",
        "/users/:id/..., /users/a%20b,     ''          ,/users/a%20b",
        "/users/:id,     /users/a%20b,     ''          ,/users/a%20b",
        "/,              /,                ''          ,/",
    })
    void scriptNameAndRawPathInfoAreThePath(String route, String path, String rest, String script)
            throws Exception {
        Map<String, String> variables = ask(route, get(path + "?q=1"));
        assertThat(variables)
                .containsEntry("SCRIPT_NAME", script)
                .containsEntry("X_RAW_PATH_INFO", rest)
                .containsEntry("QUERY_STRING", "q=1");
        String decoded = rest.replace("%20", " ").replace("%2F", "/");
        assertThat(variables)
                .containsEntry("PATH_INFO", decoded)
                .containsEntry("PATH_TRANSLATED", decoded);
    }

    @ParameterizedTest
    @CsvSource({"/foo/..., /foo", "/..., ''", "/a/:x, /a/:x"})
    void theRouteIsToldAsWritten(String route, String component) throws Exception {
        assertThat(ask(route, get(route.equals("/a/:x") ? "/a/1" : "/foo")))
                .containsEntry("X_MATCHED_ROUTE", route)
                .containsEntry("X_RAW_COMPONENT_ROUTE", route)
                .containsEntry("X_COMPONENT_ROUTE", component);
    }

    @Test
    void pathParametersAreDecodedBytes() throws Exception {
        assertThat(ask("/:user-id/x/:n/...", get("/caf%C3%A9/x/%ff/rest")))
                .containsEntry("X_PATH_MATCH_USER_ID", "caf\u00c3\u00a9")
                .containsEntry("X_PATH_MATCH_N", "\u00ff");
    }

    @Test
    void theBodysLengthAndTypeAreToldIfKnown() throws Exception {
        TestHead post = request("POST", "/").with("Content-Type", "text/x");
        assertThat(ask("/...", post.withBody(3), "abc", ""))
                .containsEntry("CONTENT_LENGTH", "3")
                .containsEntry("CONTENT_TYPE", "text/x")
                .containsEntry("REQUEST_METHOD", "POST");
        assertThat(ask("/...", post.withBody(0), "", "")).containsEntry("CONTENT_LENGTH", "0");
        assertThat(ask("/...", post.withBody(-1), "abc", "")).containsEntry("CONTENT_LENGTH", "3");
        assertThat(ask("/...", post.withBody(-1), "abc", "request_body_mode = \"stream\""))
                .doesNotContainKey("CONTENT_LENGTH");
        assertThat(ask("/...", post)).doesNotContainKey("CONTENT_LENGTH");
    }

    @Test
    void theClientsAddressHasNoBrackets() throws Exception {
        assertThat(ask("/...", get("/").from("2001:db8::1")))
                .containsEntry("REMOTE_ADDR", "2001:db8::1")
                .containsEntry("REMOTE_HOST", "2001:db8::1")
                .containsEntry("REMOTE_PORT", "40404")
                .containsEntry("X_CLIENT_ADDR", "[2001:db8::1]:40404");
        assertThat(ask("/...", get("/"))).containsEntry("X_CLIENT_ADDR", "203.0.113.9:40404");
    }

    @Test
    void tlsIsTold() throws Exception {
        assertThat(ask("/...", get("/a?b").underTls()))
                .containsEntry("HTTPS", "on")
                .containsEntry("X_FULL_URL", "https://example.com/a?b");
    }

    @Test
    void aTraceIsContinuedOrBegun() throws Exception {
        String id = "0af7651916cd43dd8448eb211c80319c";
        String parent = "00-" + id + "-b7ad6b7169203331-00";
        TestHead head = get("/").with("traceparent", parent).with("tracestate", "a=1");
        assertThat(ask("/...", head))
                .hasEntrySatisfying(
                        "TRACEPARENT",
                        own -> assertThat(own).matches("00-" + id + "-[0-9a-f]{16}-00"))
                .containsEntry("TRACESTATE", "a=1")
                .containsEntry("HTTP_TRACEPARENT", parent);
        for (String broken :
                List.of(
                        "",
                        "00",
                        parent.replace(id, "0".repeat(32)),
                        parent.replace("b7ad6b7169203331", "0".repeat(16)),
                        parent.replaceFirst("00", "ff"),
                        parent + "-x",
                        parent.toUpperCase(Locale.ROOT))) {
            Map<String, String> variables =
                    ask("/...", get("/").with("traceparent", broken).with("tracestate", "a=1"));
            assertThat(variables.get("TRACEPARENT"))
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                    .doesNotContain(id);
            assertThat(variables).doesNotContainKey("TRACESTATE");
        }
    }

    @Test
    void everyHeaderIsAVariable() throws Exception {
        TestHead head =
                get("/").with("X-Foo", "1").with("accept", "*/*").with("Authorization", "b");
        assertThat(ask("/...", head))
                .containsEntry("HTTP_HOST", "example.com")
                .containsEntry("HTTP_X_FOO", "1")
                .containsEntry("HTTP_ACCEPT", "*/*")
                .containsEntry("HTTP_AUTHORIZATION", "b");
    }

    @Test
    void repeatedHeadersAreJoinedInOrder() throws Exception {
        TestHead head =
                get("/").with("Accept", "a")
                        .with("Cookie", "x=1")
                        .with("ACCEPT", "b")
                        .with("cookie", "y=2")
                        .with("accept", "c");
        assertThat(ask("/...", head))
                .containsEntry("HTTP_ACCEPT", "a, b, c")
                .containsEntry("HTTP_COOKIE", "x=1; y=2");
    }

    @Test
    void namesThatHashAlikeStayApart() throws Exception {
        TestHead head = get("/").with("axbxc", "1").with("aybxc", "2").with("axbyc", "3");
        assertThat(ask("/...", head))
                .containsEntry("HTTP_AXBXC", "1")
                .containsEntry("HTTP_AYBXC", "2")
                .containsEntry("HTTP_AXBYC", "3");
    }

    @Test
    void aHundredHeadersAllArrive() throws Exception {
        TestHead head = get("/");
        for (int i = 0; i < 100; i++) {
            head = head.with("x-" + i, "v" + i);
        }
        Map<String, String> variables = ask("/...", head);
        for (int i = 0; i < 100; i++) {
            assertThat(variables).containsEntry("HTTP_X_" + i, "v" + i);
        }
    }

    @Test
    void whatMustNotPassDoesNot() throws Exception {
        TestHead head =
                get("/").with("Proxy", "evil")
                        .with("Connection", "close, X-Hop")
                        .with("Connection", "other")
                        .with("X-Hop", "1")
                        .with("Other", "1")
                        .with("Keep-Alive", "1")
                        .with("TE", "trailers")
                        .with("Trailer", "x")
                        .with("Transfer-Encoding", "chunked")
                        .with("Upgrade", "h2c")
                        .with("X-Mayfly-Trust", "1")
                        .with("X_Foo", "posed")
                        .with("X-Foo", "real");
        assertThat(ask("/...", head).keySet().stream().filter(name -> name.startsWith("HTTP_")))
                .containsExactlyInAnyOrder("HTTP_HOST", "HTTP_X_FOO");
        assertThat(seen).containsEntry("HTTP_X_FOO", "real");
        assertThat(ask("/...", get("/").with("proxy", "evil").with("Connection", "keep-alive")))
                .doesNotContainKeys("HTTP_PROXY", "HTTP_CONNECTION");
    }

    @Test
    void valuesAreTheBytesReceived() throws Exception {
        assertThat(ask("/...", get("/?\u00ff").with("X", "\u00c3\u00a9\t\u0080")))
                .containsEntry("HTTP_X", "\u00c3\u00a9\t\u0080")
                .containsEntry("QUERY_STRING", "\u00ff");
    }

    @Test
    void theFunctionsOwnEnvironmentIsThere() throws Exception {
        assertThat(ask("/...", get("/"), "", "environment = { GREETING = \"h\u00e9\" }"))
                .containsEntry("GREETING", "h\u00c3\u00a9");
    }

    @Test
    void theRequestsIdIsTheAnswersId() throws Exception {
        TestExchange[] answer = new TestExchange[1];
        TestApp app =
                TestApp.any(ScriptedFunction.writing("Content-Type: a/b\nX-Request-Id: x\n\n"));
        answer[0] = app.ask(get("/"));
        assertThat(answer[0].names()).containsExactly("content-type");
        assertThat(ask("/...", get("/"))).containsKey("X_REQUEST_ID");
    }

    @Test
    void argumentsFollowTheTemplate() throws Exception {
        ask("/a/...", get("/a/b%20c?x=1&&%20y&"));
        assertThat(arguments).containsExactly("/a/b%20c", "x=1", "%20y");
        ask("/...", get("/"));
        assertThat(arguments).containsExactly("/");
        ask("/...", get("/p?q"), "", "argv = 'prog \"a b\" pre${SCRIPT_NAME}post ${ARGS} end'");
        assertThat(arguments).containsExactly("prog", "a b", "pre/ppost", "q", "end");
    }
}
