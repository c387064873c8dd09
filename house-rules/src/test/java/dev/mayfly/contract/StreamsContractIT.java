package dev.mayfly.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments, standard input and error, exit codes and limits, in each language. */
@ParameterizedClass
@MethodSource("dev.mayfly.guests.Guests#echoes")
final class StreamsContractIT {
    @Parameter String guest = "";

    private Reply get(String target) {
        return EchoApp.get(guest, target);
    }

    @Test
    @Tag("argv.template")
    @Tag("argv.script-name")
    @Tag("argv.args")
    void argumentsFollowTheTemplate() {
        assertThat(get("/lit/%61?args&x=%20&&y").report().arguments())
                .containsExactly("/lit/%61", "args", "x=%20", "y");
        assertThat(get("/exact").report().arguments()).containsExactly("/exact");
        assertThat(get("/words?args&z").report().arguments())
                .containsExactly("first", "/words quoted", "args", "z", "last");
    }

    @Test
    @Tag("stdio.descriptors")
    void descriptorsAreNoTerminalsAndSocketsAreNotSupported() {
        Reply reply = get("/exact?isatty&sock&sleep=5&text=awake");
        assertThat(reply.report().lines()).contains("tty 0").doesNotContain("tty 1");
        int notSupported = 58;
        assertThat(reply.report().line("sock_recv")).isEqualTo(Integer.toString(notSupported));
        assertThat(reply.report().line("sock_shutdown")).isEqualTo(Integer.toString(notSupported));
        assertThat(reply.body()).contains("awake");
        assertThat(get("/tight?sleep=60000").status()).isEqualTo(504);
    }

    @ParameterizedTest
    @Tag("stdio.stdin")
    @ValueSource(ints = {0, 1, 65_536, 65_537, 3_000_000})
    void standardInputIsTheBodyThenItsEnd(int length) {
        byte[] body = "abcdefgh".repeat(length / 8 + 1).substring(0, length).getBytes(US_ASCII);
        Reply reply = EchoApp.post(guest, "/exact?echo", body);
        assertThat(reply.body().length()).isEqualTo(length);
        assertThat(reply.body()).isEqualTo(new String(body, US_ASCII));
    }

    @Test
    @Tag("stdio.stream")
    void aStreamedBodyIsReadAsItArrives() {
        try (Wire wire = new Wire(EchoApp.server().port())) {
            wire.send(
                    "POST /stream?slowread=3 HTTP/1.1\r\nHost: "
                            + guest
                            + ".test\r\nConnection: close\r\nContent-Length: 6\r\n\r\nabc");
            assertThat(wire.until("piece 3")).contains("200 OK");
            wire.send("def");
            assertThat(wire.rest()).contains("piece 3").contains("piece 0");
        }
    }

    @Test
    @Tag("stdio.stderr")
    void standardErrorGoesToTheLogLineByLine() {
        String id = get("/exact?report&stderr=one%0Atwo%1B%5B31m%0Alast").variable("X_REQUEST_ID");
        assertThat(EchoApp.server().logged("\"guest\"", id, "one")).doesNotContain("two");
        assertThat(EchoApp.server().logged("\"guest\"", id, "two")).doesNotContain("\u001b");
        assertThat(EchoApp.server().logged("\"guest\"", id, "last")).contains(guest, "contract");
    }

    @Test
    @Tag("stdio.stderr")
    @Tag("limit:function.limits.log_bytes")
    void pastItsLimitOneLineSaysHowMuchOfTheLogWasNotKept() {
        String id = get("/tight?env&log=5000").variable("X_REQUEST_ID");
        assertThat(EchoApp.server().logged("\"guest\"", id, "not kept")).contains("3976");
    }

    @Test
    @Tag("exit.success")
    void exitingWithZeroAndReturningAreBothSuccess() {
        assertThat(get("/exact?text=done").status()).isEqualTo(200);
        assertThat(get("/exact?text=done&exit=0").status()).isEqualTo(200);
    }

    @Test
    @Tag("exit.code")
    void anotherExitCodeLeavesTheResponseAndIsLogged() {
        Reply reply = get("/exact?env&exit=3");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(EchoApp.server().logged("failure", reply.variable("X_REQUEST_ID")))
                .contains("3");
        assertThat(get("/exact?nothing&exit=3").status()).isEqualTo(502);
    }

    @Test
    @Tag("exit.memory")
    @Tag("limit:function.limits.memory")
    void memoryGrowsToItsLimitAndNoFurther() {
        assertThat(get("/tight?grow=16").report().line("grow")).isNotEqualTo("-1");
        assertThat(get("/tight?grow=200").report().line("grow")).isEqualTo("-1");
        assertThat(get("/tight?grow=16").report().line("dirty")).isEqualTo("0");
    }

    @Test
    @Tag("exit.failures")
    @Tag("limit:function.limits.timeout")
    void everyFailureIsAProblemDocument() {
        assertProblem(get("/exact?trap"), 500, "Internal Server Error");
        assertProblem(get("/exact?oob"), 500, "Internal Server Error");
        assertProblem(get("/exact?recurse"), 500, "Internal Server Error");
        assertProblem(get("/tight?loop"), 504, "Gateway Timeout");
        assertProblem(get("/exact?nothing"), 502, "Bad Gateway");
    }

    @Test
    @Tag("exit.cpu")
    void cpuTimeIsSpentByComputingAndNotByWaiting() {
        assertProblem(get("/thrifty?loop"), 504, "Gateway Timeout");
        assertThat(get("/thrifty?sleep=500").status()).isEqualTo(200);
    }

    @Test
    @Tag("exit.failures")
    @Tag("limit:function.limits.queue_timeout")
    void withoutASandboxInTimeIsA503ThatSaysWhenToComeBack() {
        try (Wire first = new Wire(EchoApp.server().port())) {
            first.send(Wire.request("GET", "/one?flush&text=on&flush&sleep=2000", guest + ".test"));
            assertThat(first.until("on")).contains("200 OK");
            Reply late = get("/one");
            assertProblem(late, 503, "Service Unavailable");
            assertThat(late.header("retry-after")).isPresent();
        }
    }

    private static void assertProblem(Reply reply, int status, String title) {
        String id = reply.header("x-request-id").orElseThrow();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("content-type")).contains("application/problem+json");
        assertThat(reply.body())
                .startsWith(
                        "{\"type\":\"about:blank\",\"title\":\""
                                + title
                                + "\",\"status\":"
                                + status
                                + ",\"detail\":\"")
                .endsWith("\"instance\":\"urn:request:" + id + "\"}")
                .doesNotContain("Exception", "dev.mayfly", "at ");
    }
}
