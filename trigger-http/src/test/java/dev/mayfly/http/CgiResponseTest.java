package dev.mayfly.http;

import static dev.mayfly.http.ScriptedFunction.writing;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.BodyReceiver.BodyFailure;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Outcome.Refused.Cause;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgiResponseTest {
    private static final String TYPE = "Content-Type: text/plain\n";

    private static TestExchange answer(String output) throws InterruptedException {
        return TestApp.any(writing(output)).ask(get("/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain\n\nbody",
                "Content-Type: text/plain\r\n\r\nbody",
                "content-type:text/plain\r\n\nbody",
                "CONTENT-TYPE: \t text/plain \t\n\r\nbody",
                "Status: 200\nContent-Type: text/plain\n\nbody",
                "Content-Type: text/plain\nStatus: 200 Quite Right\n\nbody",
            })
    void linesEndInLfOrCrlf(String output) throws Exception {
        TestExchange answer = answer(output);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("content-type")).isEqualTo("text/plain");
        assertThat(answer.names()).containsExactly("content-type");
        assertThat(answer.text()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\nbody",
                "body",
                "Content-Type: a/b",
                "Content-Type: a/b\n",
                "Content-Type: a/b\r\n\r",
                "X-Other: 1\n\n",
                "Content-Type: a/b\nContent-Type: a/b\n\n",
                "Status: 200\nStatus: 200\n\n",
                "Location: /a\nlocation: /a\n\n",
                "Status: 20\n\n",
                "Status: 2000\n\n",
                "Status: 199\n\n",
                "Status: 600\n\n",
                "Status: 200OK\n\n",
                "Status: -20\n\n",
                "Status:\n\n",
                "Status: ok\n\n",
                "Content-Type: a/b\n folded\n\n",
                "Content-Type: a/b\n\tfolded\n\n",
                " Content-Type: a/b\n\n",
                "Content-Type: a/b\nno colon\n\n",
                "Content-Type: a/b\nX Y: 1\n\n",
                "Content-Type: a/b\nX : 1\n\n",
                "Content-Type: a/b\n: 1\n\n",
                "Content-Type: a/b\nX: a\0b\n\n",
                "Content-Type: a/b\nX: a\rb\n\n",
                "Content-Type: a/b\nX: a\u001bb\n\n",
                "Content-Type: a/b\nX: a\u007fb\n\n",
                "Content-Type: a/b\nX\u00e9: 1\n\n",
            })
    void noValidHeadIs502(String output) throws Exception {
        TestApp app = TestApp.any(writing(output));
        TestExchange answer = app.ask(get("/"));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.value("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Bad Gateway\",\"status\":502,"
                                + "\"detail\":\"the function gave no valid response\","
                                + "\"instance\":\"urn:request:"
                                + answer.id()
                                + "\"}");
        assertThat(app.failures()).hasSize(1);
    }

    @Test
    void theLogNamesTheLineAndTheCallerDoesNotSeeIt() throws Exception {
        TestApp app = TestApp.any(writing(TYPE + "a secret without colon\n\n"));
        assertThat(app.ask(get("/")).text()).doesNotContain("secret");
        assertThat(app.failures())
                .containsExactly("line 2 of the header block has no ':': a secret without colon");
    }

    @Test
    @Tag("limit:CgiResponse.MOST_HEAD")
    void aHeaderBlockOf64KiBPassesAndOneByteMoreDoesNot() throws Exception {
        int rest = (64 << 10) - TYPE.length() - "X: \n\n".length();
        assertThat(answer(TYPE + "X: " + "y".repeat(rest) + "\n\nb").status()).isEqualTo(200);
        assertThat(answer(TYPE + "X: " + "y".repeat(rest + 1) + "\n\nb").status()).isEqualTo(502);
        assertThat(answer("y".repeat(70_000)).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @CsvSource({
        "Location: /a,                        302, /a, x",
        "Location: //a,                       302, //a, ''",
        "Location: https://a/,                302, https://a/, ''",
        "Location: a,                         302, a, ''",
        "'Status: 301\nLocation: /a',         301, /a, ''",
        "'Location: /a\nStatus: 307',         307, /a, ''",
        "'Location: /a\nStatus: 201\nX: y',   201, /a, ''",
    })
    void aLocationIsSentUnlessItIsALocalRedirect(
            String head, int status, String location, String body) throws Exception {
        TestExchange answer = answer(head + "\n\n" + body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.value("location")).isEqualTo(location);
    }

    @Test
    void repeatedFieldsStayRepeatedInOrder() throws Exception {
        TestExchange answer =
                answer(TYPE + "Set-Cookie: a=1\nX: 1\nSet-Cookie: b=2\nX: \u00e9\t2\n\n");
        assertThat(answer.values("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.values("x")).containsExactly("1", "\u00e9\t2");
    }

    @Test
    void hopByHopFieldsAndTheGatewaysOwnAreNotSent() throws Exception {
        TestExchange answer =
                answer(
                        TYPE
                                + "Connection: X-Hop, close\nX-Hop: 1\nKeep-Alive: 1\nTE: x\n"
                                + "Transfer-Encoding: chunked\nUpgrade: x\nTrailer: x\n"
                                + "Proxy-Authenticate: x\nContent-Length: 999\nDate: now\n"
                                + "Server: me\nX-Request-Id: me\nX-Kept: 1\n\nbody");
        assertThat(answer.names()).containsExactly("content-type", "x-kept");
        assertThat(answer.text()).isEqualTo("body");
    }

    @Test
    void headDropsTheBodyAndTellsItsLength() throws Exception {
        TestExchange own = TestApp.any(writing(TYPE + "\nbody")).ask(request("HEAD", "/"));
        assertThat(own.text()).isEmpty();
        assertThat(own.value("content-length")).isEqualTo("4");
        TestExchange given =
                TestApp.any(writing(TYPE + "Content-Length: 99\n\n")).ask(request("HEAD", "/"));
        assertThat(given.value("content-length")).isEqualTo("99");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void someStatusesCarryNoBody(int status) throws Exception {
        TestExchange answer = answer("Status: " + status + "\n\nbody");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.names()).isEmpty();
        assertThat(answer("Status: " + status + "\n\n" + "x".repeat(40_000)).text()).isEmpty();
    }

    @Test
    @Tag("limit:CgiResponse.MOST_HELD_BODY")
    void theHeadIsHeldFor16KiBOfBody() throws Exception {
        TestExchange held = answer(TYPE + "\n" + "x".repeat(16 << 10));
        assertThat(held.flowed()).isFalse();
        TestExchange flowed = answer(TYPE + "\n" + "x".repeat((16 << 10) + 1));
        assertThat(flowed.flowed()).isTrue();
        assertThat(flowed.ended()).isTrue();
        assertThat(flowed.text()).hasSize((16 << 10) + 1);
        assertThat(flowed.waits()).isPositive();
    }

    @Test
    void theClockSendsAHeadAfterTenMilliseconds() throws Exception {
        TestExchange answer = new TestExchange(get("/"));
        TestApp.any(
                        guest -> {
                            guest.write(TYPE);
                            guest.invocation().tick(System.nanoTime() + later(1_000));
                            assertThat(answer.isAnswered()).isFalse();
                            guest.write("\nfirst");
                            guest.invocation().tick(System.nanoTime());
                            assertThat(answer.isAnswered()).isFalse();
                            guest.invocation().tick(System.nanoTime() + later(10));
                            assertThat(answer.text()).isEqualTo("first");
                            guest.write(" second");
                            return new Outcome.Exited(0);
                        })
                .ask(answer);
        assertThat(answer.flowed()).isTrue();
        assertThat(answer.text()).isEqualTo("first second");
    }

    private static long later(int milliseconds) {
        return TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    @Test
    void aPossibleLocalRedirectWaitsForItsFirstByteOfBody() throws Exception {
        TestExchange answer = new TestExchange(get("/"));
        TestApp.any(
                        guest -> {
                            guest.write("Location: /x\n\n");
                            guest.invocation().tick(System.nanoTime() + later(1_000));
                            assertThat(answer.isAnswered()).isFalse();
                            guest.write("body");
                            guest.invocation().tick(System.nanoTime() + later(1_000));
                            assertThat(answer.status()).isEqualTo(302);
                            return new Outcome.Exited(0);
                        })
                .ask(answer);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new Outcome.Trapped("oops"), 500),
                Arguments.of(new Outcome.DeadlineExceeded(Duration.ofSeconds(5)), 504),
                Arguments.of(new Outcome.CpuExceeded(Duration.ofSeconds(5)), 504),
                Arguments.of(new Outcome.OutputExceeded(9), 502),
                Arguments.of(new Outcome.Broken("oops"), 502),
                Arguments.of(new Outcome.Cancelled(), 503));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureBeforeTheHeadIsAProblemAndAfterItBreaksOff(Outcome outcome, int status)
            throws Exception {
        TestApp app =
                TestApp.any(guest -> {
                    guest.write(TYPE + "\nheld back");
                    return outcome;
                });
        TestExchange before = app.ask(get("/"));
        assertThat(before.status()).isEqualTo(status);
        assertThat(before.value("content-type")).isEqualTo("application/problem+json");
        assertThat(before.text()).doesNotContain("oops", "held back").contains(before.id());
        TestApp late =
                TestApp.any(guest -> {
                    guest.write(TYPE + "\n" + "x".repeat(20_000));
                    return outcome;
                });
        TestExchange after = late.ask(get("/"));
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.abortedAs()).isEqualTo(status);
        assertThat(late.failures()).hasSize(1);
    }

    @Test
    void anExitCodeAfterACompleteHeadIsLoggedAndBeforeOneIs502() throws Exception {
        TestApp after =
                TestApp.any(guest -> {
                    guest.write(TYPE + "\nbody");
                    return new Outcome.Exited(3);
                });
        assertThat(after.ask(get("/")).text()).isEqualTo("body");
        assertThat(after.failures()).containsExactly("exited with code 3");
        TestApp before =
                TestApp.any(guest -> {
                    guest.write(TYPE);
                    return new Outcome.Exited(3);
                });
        assertThat(before.ask(get("/")).status()).isEqualTo(502);
        assertThat(before.failures())
                .containsExactly("the output ends within the header block; exit code 3");
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void aRunThatNeverBeganIs503WithATimeToRetry(Cause cause) throws Exception {
        TestApp app = TestApp.any(_ -> new Outcome.Refused(cause, Duration.ofMillis(1_001)));
        TestExchange answer = app.ask(get("/"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.value("retry-after")).isEqualTo("2");
        assertThat(app.failures()).containsExactly("not run: " + cause);
    }

    @ParameterizedTest
    @CsvSource({"TOO_LARGE, 413", "TIMEOUT, 408", "MALFORMED, 400", "NO_ROOM, 503"})
    void aBodyThatDoesNotComeIsToldSo(BodyFailure failure, int status) throws Exception {
        ScriptedFunction function = new ScriptedFunction("f", writing(TYPE + "\n"));
        TestApp app = TestApp.of(TestApp.route("/...", "f")).function(function, "");
        TestExchange exchange = new TestExchange(request("POST", "/").withBody(5));
        assertThat(app.ask(exchange.failingBody(failure)).status()).isEqualTo(status);
        assertThat(function.retained()).isZero();
    }

    @Test
    void aBodyAnnouncedTooLargeIsRefusedUnread() throws Exception {
        TestExchange answer =
                TestApp.any(writing(TYPE + "\n"))
                        .ask(request("POST", "/").withBody((10 << 20) + 1));
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void aStreamedBodyTooLargeIsTheSame413() throws Exception {
        ScriptedFunction function =
                new ScriptedFunction(
                        "f",
                        guest -> {
                            guest.readAll();
                            return new Outcome.Exited(0);
                        });
        String more = "request_body_mode = \"stream\"\nlimits = { request_body = \"8B\" }";
        TestApp app = TestApp.of(TestApp.route("/...", "f")).function(function, more);
        TestHead chunked = request("POST", "/").withBody(-1);
        assertThat(app.ask(chunked, "12345678").status()).isEqualTo(502);
        assertThat(app.ask(chunked, "123456789").status()).isEqualTo(413);
    }

    @Test
    void linesOfStandardErrorCarryTheRequestsId() throws Exception {
        TestApp app =
                TestApp.any(guest -> {
                    guest.invocation().logLine("hello");
                    guest.write(TYPE + "\n");
                    return new Outcome.Exited(0);
                });
        TestExchange answer = app.ask(get("/"));
        assertThat(app.lines()).containsExactly("f " + answer.id() + " hello");
    }
}
