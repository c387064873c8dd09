package dev.mayfly.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any route is looked at. */
final class RequestContractIT {
    private static int status(String request) {
        return EchoApp.ask(request).status();
    }

    @Tag("request.host")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: echo-c.test\r\nHost: echo-c.test\r\nConnection: close\r\n\r\n"
            })
    void aRequestNeedsOneHost(String request) {
        assertThat(status(request)).isEqualTo(400);
    }

    @Test
    @Tag("request.framing")
    void aRequestWithTwoLengthsIsRefused() {
        assertThat(
                        status(
                                "POST / HTTP/1.1\r\nHost: echo-c.test\r\nContent-Length: 5\r\n"
                                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"))
                .isEqualTo(400);
    }

    @Tag("request.escape")
    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/%zz", "/a%00b"})
    void aMalformedEscapeOrANulIsRefused(String target) {
        assertThat(status(Wire.request("GET", target, "echo-c.test"))).isEqualTo(400);
    }

    @Tag("request.value")
    @ParameterizedTest
    @ValueSource(strings = {"X-Odd: a\0b", "X-Odd: a\rb"})
    void aHeaderValueWithANulOrABareCarriageReturnIsRefused(String line) {
        assertThat(status(Wire.request("GET", "/", "echo-c.test", line))).isEqualTo(400);
    }

    @Test
    @Tag("request.headers-too-large")
    void headersAboveTheirLimitAre431() {
        assertThat(
                        status(
                                Wire.request(
                                        "GET",
                                        "/",
                                        "echo-c.test",
                                        "X-Big: " + "a".repeat(17 << 10))))
                .isEqualTo(431);
    }

    @Test
    @Tag("request.target-too-long")
    void aTargetAboveItsLimitIs414() {
        assertThat(status(Wire.request("GET", "/" + "a".repeat(9 << 10), "echo-c.test")))
                .isEqualTo(414);
    }

    @ParameterizedTest
    @Tag("request.body-too-large")
    @MethodSource("dev.mayfly.guests.Guests#echoes")
    @Tag("limit:function.limits.request_body")
    void aBodyAboveItsLimitIs413(String guest) {
        assertThat(EchoApp.post(guest, "/tight?stdin", new byte[1025]).status()).isEqualTo(413);
        assertThat(EchoApp.post(guest, "/tight?stdin", new byte[1024]).status()).isEqualTo(200);
        assertThat(
                        status(
                                "POST /tight HTTP/1.1\r\nHost: "
                                        + guest
                                        + ".test\r\nConnection: close\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n401\r\n"
                                        + "a".repeat(0x401)
                                        + "\r\n0\r\n\r\n"))
                .isEqualTo(413);
    }

    @Test
    @Tag("request.timeout")
    void aHeadOrABodyThatDoesNotComeInTimeIs408() {
        Map<String, String> hasty =
                Map.of("MAYFLY_HEADER_TIMEOUT", "1s", "MAYFLY_BODY_TIMEOUT", "1s");
        var folder = EchoApp.written(EchoApp.oneFunction("echo-c", ""), "echo-c");
        try (Server server = Server.start(folder, hasty)) {
            assertThat(Wire.ask(server.port(), "GET / HTTP/1.1\r\nHost: a").status())
                    .isEqualTo(408);
            assertThat(
                            Wire.ask(
                                            server.port(),
                                            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
                                    .status())
                    .isEqualTo(408);
        }
    }
}
