package dev.mayfly.http;

import static dev.mayfly.http.TestHead.bare;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.RequestHead.Protocol;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestChecksTest {
    private static final String ROUTE =
            "[[trigger.http]]\nroute = \"/...\"\nstatic_response = { body = \"ok\" }\n";

    private static int status(RequestHead head) throws InterruptedException {
        return TestApp.of(ROUTE).ask(head).status();
    }

    static Stream<TestHead> malformed() {
        return Stream.of(
                bare("GET", "/"),
                get("/").with("host", "example.com"),
                bare("GET", "/").with("Host", "exa mple"),
                bare("GET", "/").with("Host", "a:b"),
                bare("GET", "/").with("Host", "user@host"),
                bare("GET", "/").with("Host", "a:1:2"),
                bare("GET", "/").with("Host", "[::1"),
                bare("GET", "/").with("Host", "[::1]x"),
                bare("GET", "/").with("Host", "["),
                bare("GET", "/").with("Host", "[]"),
                bare("GET", "/").with("Host", "a]b"),
                bare("GET", "/").with("Host", "[a]b]"),
                get("/").with("Content-Length", "1").with("Transfer-Encoding", "chunked"),
                get("/").with("X", "a\0b"),
                get("/").with("X", "a\rb"),
                get("/%"),
                get("/%4"),
                get("/%4g"),
                get("/a%00"),
                get("/a b"),
                get("/a\tb"),
                get("*"),
                get("a/b"),
                get(""),
                get("ftp://example.com/"),
                request("OPTIONS", "*"),
                request("CONNECT", "example.com:443"),
                request("CONNECT", "/"),
                request("GE T", "/"),
                request("", "/"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNotHttpIsBadRequestInAProblemDocument(TestHead head) throws Exception {
        TestExchange answer = TestApp.of(ROUTE).ask(head);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.value("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains("\"title\":\"Bad Request\"", answer.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/%41",
                "/a?b=%",
                "/a?%00",
                "//x",
                "/a/../b",
                "/;x=1",
                "http://example.com/",
                "/?http://x"
            })
    void oddButSoundTargetsPass(String target) throws Exception {
        assertThat(status(get(target))).isEqualTo(200);
    }

    @Test
    void anOldProtocolNeedsNoHostAndANewOneHasAnAuthority() throws Exception {
        assertThat(status(bare("GET", "/").over(Protocol.HTTP_1_0, null))).isEqualTo(200);
        assertThat(status(bare("GET", "/").over(Protocol.HTTP_2, "example.com"))).isEqualTo(200);
        assertThat(status(bare("GET", "/").with("Host", ""))).isEqualTo(200);
    }

    @Test
    void bytesAboveAsciiPassInValuesAndTargets() throws Exception {
        assertThat(status(get("/caf\u00c3\u00a9").with("X", "\u00ff\u0080"))).isEqualTo(200);
    }

    @Test
    void idsAreUniqueAndHex() throws Exception {
        TestExchange one = TestApp.of(ROUTE).ask(get("/"));
        TestExchange two = TestApp.of(ROUTE).ask(get("/"));
        assertThat(one.id()).matches("[0-9a-f]{32}").isNotEqualTo(two.id());
    }

    @Test
    void onlyATrustedProxyMayNameARequest() throws Exception {
        TestHead head = get("/").with("X-Request-Id", "mine-1_2.3");
        assertThat(TestApp.of(ROUTE).ask(head).id()).matches("[0-9a-f]{32}");
        assertThat(TestApp.of(ROUTE).trusting("203.0.113.0/24").ask(head).id())
                .isEqualTo("mine-1_2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a\"b", "\u00e9"})
    void anIdOfOtherLettersIsReplaced(String id) throws Exception {
        TestHead head = get("/").with("X-Request-Id", id);
        assertThat(TestApp.of(ROUTE).trusting("203.0.113.9").ask(head).id())
                .matches("[0-9a-f]{32}");
    }

    @Test
    void anIdOf129LettersIsReplaced() throws Exception {
        TestApp app = TestApp.of(ROUTE).trusting("203.0.113.9");
        assertThat(app.ask(get("/").with("X-Request-Id", "x".repeat(128))).id()).hasSize(128);
        assertThat(app.ask(get("/").with("X-Request-Id", "x".repeat(129))).id()).hasSize(32);
    }
}
