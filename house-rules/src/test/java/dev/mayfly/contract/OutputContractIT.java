package dev.mayfly.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How standard output becomes the response, rule by rule, in each language. */
@ParameterizedClass
@MethodSource("dev.mayfly.guests.Guests#echoes")
final class OutputContractIT {
    @Parameter String guest = "";

    private Reply get(String target) {
        return EchoApp.get(guest, target);
    }

    /** What a guest answers that prints exactly {@code head}. */
    private Reply printed(String head, String more) {
        return get("/exact?head=" + encoded(head) + more);
    }

    /** A target whose answer redirects, and so on, {@code count} times. */
    private static String redirects(int count) {
        String target = "/p/there";
        for (int i = 0; i < count; i++) {
            target = "/exact?head=" + encoded("Location: " + target + "\n\n");
        }
        return target;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.ISO_8859_1).replace("+", "%20");
    }

    @ParameterizedTest
    @Tag("out.1")
    @ValueSource(
            strings = {
                "Content-Type: a/b\n\n",
                "Content-Type: a/b\r\n\r\n",
                "Content-Type: a/b\r\n\n"
            })
    void headerLinesEndInEitherWay(String head) {
        Reply reply = printed(head, "&text=body");
        assertThat(reply.header("content-type")).contains("a/b");
        assertThat(reply.body()).isEqualTo("body");
    }

    @Test
    @Tag("out.1")
    void aHeaderBlockAboveItsLimitOrWithoutEndIs502() {
        assertThat(get("/exact?nothing&type=a/b&body=70000").status()).isEqualTo(200);
        assertThat(get("/exact?head=Content-Type:%20a/b%0AX:%20&body=70000").status())
                .isEqualTo(502);
        assertThat(printed("Content-Type: a/b\n", "").status()).isEqualTo(502);
    }

    @ParameterizedTest
    @Tag("out.2")
    @CsvSource({
        "X-Only: a, 502",
        "'Status: 200\nStatus: 200', 502",
        "'Content-Type: a/b\nContent-Type: a/b', 502",
        "Status: 99, 502",
        "Status: 199, 502",
        "Status: 600, 502",
        "Status: 2000, 502",
        "Status: abc, 502",
        "Status: 299, 299",
        "Status: 404 Not Here, 404",
        "'content-type: a/b\nSTATUS: 201', 201",
    })
    void oneFieldThatSaysWhatItIsAndAProperStatus(String head, int status) {
        assertThat(printed(head + "\n\n", "").status()).isEqualTo(status);
    }

    @Test
    @Tag("out.3")
    void aLocalRedirectIsFollowedInsideAsGetWithoutBody() {
        String target = "/exact?head=Location:%20/p/there%3Freport%0A%0A";
        Reply reply = EchoApp.post(guest, target, new byte[3], "X-Kept: yes");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.variable("X_MATCHED_ROUTE")).isEqualTo("/p/...");
        assertThat(reply.variable("REQUEST_METHOD")).isEqualTo("GET");
        assertThat(reply.variable("HTTP_X_KEPT")).isEqualTo("yes");
        assertThat(reply.variable("CONTENT_LENGTH")).isIn("<absent>", "0");
        assertThat(reply.header("x-request-id")).contains(reply.variable("X_REQUEST_ID"));
    }

    @Test
    @Tag("out.3")
    void theSixthRedirectInARowIs500AndOthersGoToTheClient() {
        assertThat(get(redirects(5)).variable("X_MATCHED_ROUTE")).isEqualTo("/p/...");
        assertThat(get(redirects(6)).status()).isEqualTo(500);
        Reply abroad = printed("Location: https://example.test/\n\n", "");
        assertThat(abroad.status()).isEqualTo(302);
        assertThat(abroad.header("location")).contains("https://example.test/");
        assertThat(printed("Location: //example.test/\n\n", "").status()).isEqualTo(302);
        assertThat(printed("Status: 303\nLocation: /exact\n\n", "").status()).isEqualTo(303);
        assertThat(printed("Location: /exact\nStatus: 307\n\n", "").status()).isEqualTo(307);
    }

    @Test
    @Tag("out.4")
    void repeatedFieldsStayAndHopByHopOnesGo() {
        Reply reply =
                printed(
                        "Content-Type: a/b\nSet-Cookie: a=1\nSet-Cookie: b=2\nConnection: X-Gone\nX-Gone: x\n"
                                + "Keep-Alive: 5\nTransfer-Encoding: chunked\nContent-Length: 99\nUpgrade: x\n\n",
                        "&text=four");
        assertThat(reply.headers("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(reply.header("x-gone")).isEmpty();
        assertThat(reply.header("keep-alive")).isEmpty();
        assertThat(reply.header("upgrade")).isEmpty();
        assertThat(reply.headers("content-length")).containsExactly("4");
        assertThat(reply.body()).isEqualTo("four");
    }

    @ParameterizedTest
    @Tag("out.4")
    @CsvSource({
        "'Bad Name: x', 502",
        "'X: a\u0001b', 502",
        "'X: a\tb', 200",
        "'X: \u00e9', 200",
        "': x', 502"
    })
    void namesAreTokensAndValuesWithoutControlCharacters(String line, int status) {
        assertThat(printed("Content-Type: a/b\n" + line + "\n\n", "").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @Tag("out.5")
    @ValueSource(strings = {"Content-Type: a/b\n folded\n\n", "Content-Type: a/b\nno colon\n\n"})
    void aLineThatIsNoFieldIs502AndTheLogNamesIt(String head) {
        Reply reply = printed(head, "");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(EchoApp.server().logged("failure", reply.header("x-request-id").orElseThrow()))
                .contains("2");
    }

    @Test
    @Tag("out.5")
    void noOutputIs502() {
        assertThat(get("/exact?nothing").status()).isEqualTo(502);
    }

    @Test
    @Tag("out.6")
    void aRunThatEndedInTimeHasALengthAndMayStillFailHonestly() {
        Reply small = get("/exact?body=1000");
        assertThat(small.headers("content-length")).containsExactly("1000");
        assertThat(get("/exact?body=1000&flush&trap").status()).isEqualTo(500);
    }

    @Test
    @Tag("out.6")
    void aLargeBodyGoesOutInChunksAndAFailureBreaksItOff() {
        Reply large = get("/exact?body=20000&flush&sleep=50&text=end");
        assertThat(large.header("transfer-encoding")).contains("chunked");
        assertThat(large.body()).hasSize(20_003).endsWith("end");
        assertThat(large.complete()).isTrue();
        Reply broken = get("/exact?body=20000&flush&trap");
        assertThat(broken.status()).isEqualTo(200);
        assertThat(broken.complete()).isFalse();
        assertThat(EchoApp.server().logged("failure", broken.header("x-request-id").orElseThrow()))
                .isNotEmpty();
    }

    @Test
    @Tag("out.6")
    void aHeadThatWaitedLongEnoughGoesOutAlone() {
        try (Wire wire = new Wire(EchoApp.server().port())) {
            wire.send(
                    Wire.request(
                            "GET",
                            "/exact?text=early&flush&sleep=1500&text=late",
                            guest + ".test"));
            assertThat(wire.until("early")).contains("200 OK").doesNotContain("late");
            assertThat(wire.rest()).contains("late");
        }
    }

    @Test
    @Tag("out.7")
    void headAndStatusesWithoutBodyCarryNone() {
        Reply head =
                EchoApp.ask(
                        Wire.request(
                                "HEAD",
                                "/exact?header=Content-Length:%201234&text=abc",
                                guest + ".test"));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers("content-length")).containsExactly("1234");
        for (String status : new String[] {"204", "304"}) {
            Reply none = get("/exact?status=" + status + "&text=abc");
            assertThat(none.status()).isEqualTo(Integer.parseInt(status));
            assertThat(none.body()).isEmpty();
            assertThat(none.header("transfer-encoding")).isEmpty();
        }
    }

    @Test
    @Tag("out.7")
    @Tag("limit:function.limits.response_body")
    void outputAboveItsLimitIs502OrBreaksOff() {
        Reply broken = get("/tight?body=200000");
        assertThat(broken.status() == 502 || !broken.complete()).isTrue();
        assertThat(get("/tight?body=60000").complete()).isTrue();
    }

    @Test
    @Tag("out.7")
    void aClientThatGoesAwayEndsTheRun() {
        String id;
        try (Wire wire = new Wire(EchoApp.server().port())) {
            wire.send(Wire.request("GET", "/one?env&flush&sleep=60000", guest + ".test"));
            String head = wire.until("X_REQUEST_ID=");
            assertThat(head).contains("200 OK");
            id = wire.until("\n").strip();
        }
        assertThat(EchoApp.server().logged(id)).isNotEmpty();
        assertThat(get("/one").status()).isEqualTo(200);
    }

    @Test
    @Tag("out.8")
    void dateAndServerAreTheGateways() {
        Reply reply = printed("Content-Type: a/b\nServer: mine\nDate: never\n\n", "");
        assertThat(reply.headers("server")).containsExactly("Mayfly");
        assertThat(reply.headers("date")).hasSize(1).doesNotContain("never");
    }
}
