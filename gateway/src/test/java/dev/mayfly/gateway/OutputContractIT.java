package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the output of real guests of three toolchains, through a real socket. */
@ParameterizedClass
@MethodSource("dev.mayfly.guests.Guests#echoes")
class OutputContractIT {
    @TempDir static Path folder;
    private static EchoServer server;

    private final String guest;

    OutputContractIT(String guest) {
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

    private Answer get(String commands, String... lines) {
        return server.get("/" + guest + "/a?" + commands, lines);
    }

    private static Consumer<Answer> problem(int status) {
        return answer -> {
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.all("content-type")).containsExactly("application/problem+json");
            assertThat(answer.body())
                    .contains("\"status\":" + status)
                    .contains("urn:request:" + answer.all("x-request-id").getFirst())
                    .doesNotContain("Exception", "wasm", "chicory");
        };
    }

    @Test
    @Tag("out.2")
    @Tag("out.8")
    @Tag("exit.success")
    void aHeadAndABodyAreTheAnswer() {
        Answer answer = get("type=text/x&status=201%20Made&header=X-A:%20b&text=made");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("made");
        assertThat(answer.all("x-a")).containsExactly("b");
        assertThat(answer.all("content-type")).containsExactly("text/x");
        assertThat(answer.all("server")).containsExactly("Mayfly");
        assertThat(answer.all("date")).hasSize(1);
        assertThat(get("text=ended&exit=0").body()).isEqualTo("ended");
    }

    @Test
    @Tag("out.1")
    @Tag("out.5")
    void aBrokenHeadIsABadGateway() {
        assertThat(get("head=Content-Type:%20a/b%0D%0A%0D%0A&text=x").body()).isEqualTo("x");
        assertThat(get("head=nothing%20of%20a%20field%0A%0A")).satisfies(problem(502));
        assertThat(get("head=Content-Type:%20a%0A%20folded%0A%0A")).satisfies(problem(502));
        assertThat(get("head=X-A:%20b%0A%0A")).satisfies(problem(502));
        assertThat(get("head=Status:%20999%0A%0A")).satisfies(problem(502));
        assertThat(get("nothing")).satisfies(problem(502));
    }

    @Test
    @Tag("out.3")
    void aLocationRedirectsHereOrThere() {
        Answer there = get("head=Location:%20http://x/y%0A%0A");
        assertThat(there.status()).isEqualTo(302);
        assertThat(there.all("location")).containsExactly("http://x/y");
        Answer here = get("head=Location:%20/" + guest + "/b?text=local%0A%0A");
        assertThat(here.status()).isEqualTo(200);
        assertThat(here.body()).isEqualTo("local");
    }

    @Test
    @Tag("out.4")
    void repeatedFieldsStayAndHopsGo() {
        Answer answer =
                get(
                        "header=Set-Cookie:%20a&header=Set-Cookie:%20b&header=X-Byte:%20%FC"
                                + "&header=Transfer-Encoding:%20gzip&header=Content-Length:%2099"
                                + "&header=Server:%20mine&header=X-Request-Id:%20mine&text=t");
        assertThat(answer.all("set-cookie")).containsExactly("a", "b");
        assertThat(answer.all("x-byte")).containsExactly("\u00fc");
        assertThat(answer.all("server")).containsExactly("Mayfly");
        assertThat(answer.all("x-request-id")).hasSize(1).doesNotContain("mine");
        assertThat(answer.all("content-length")).doesNotContain("99");
        assertThat(answer.body()).isEqualTo("t");
    }

    @Test
    @Tag("out.6")
    void aShortRunHasALengthAndALongOneIsChunked() {
        Answer large = get("body=40000");
        assertThat(large.all("transfer-encoding")).containsExactly("chunked");
        assertThat(large.body()).hasSize(40_000);
        assertThat(large.complete()).isTrue();
        Answer slow = get("text=early&flush&sleep=300&text=late");
        assertThat(slow.all("transfer-encoding")).containsExactly("chunked");
        assertThat(slow.body()).isEqualTo("earlylate");
    }

    @Test
    @Tag("out.6")
    @Tag("exit.failures")
    void aFailureAfterTheHeadLeavesOutTheLastChunk() {
        assertThat(get("body=40000&flush&trap").complete()).isFalse();
        Answer late = get("text=early&flush&loop");
        assertThat(late.body()).startsWith("early");
        assertThat(late.complete()).isFalse();
    }

    @Test
    @Tag("out.7")
    void answersWithoutABodyHaveNone() {
        Answer head = server.send("HEAD /" + guest + "/a?text=dropped HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(get("status=204&text=dropped").body()).isEmpty();
        assertThat(get("status=304&text=dropped").body()).isEmpty();
        assertThat(get("body=3000000").complete()).isFalse();
    }

    @Test
    @Tag("exit.code")
    @Tag("exit.failures")
    void endingsBeforeAHeadAreProblems() {
        assertThat(get("nothing&exit=3")).satisfies(problem(502));
        assertThat(get("text=stands&exit=3").body()).isEqualTo("stands");
        assertThat(get("trap")).satisfies(problem(500));
        assertThat(get("oob")).satisfies(problem(500));
        assertThat(get("loop")).satisfies(problem(504));
        assertThat(get("recurse")).satisfies(problem(500));
    }

    @Test
    @Tag("exit.memory")
    void memoryEndsAtItsLimit() {
        assertThat(get("grow=1000").report().line("grow")).isEqualTo("-1");
        assertThat(get("grow=2").report().line("dirty")).isEqualTo("0");
    }

    @Test
    @Tag("request.host")
    @Tag("request.escape")
    @Tag("request.value")
    @Tag("request.framing")
    @Tag("routes.refused-targets")
    void ambiguousRequestsNeverReachTheGuest() {
        String path = "GET /" + guest + "/a";
        assertThat(server.send(path + " HTTP/1.1\r\n\r\n")).satisfies(problem(400));
        assertThat(server.send(path + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"))
                .satisfies(problem(400));
        assertThat(server.get("/" + guest + "/%zz")).satisfies(problem(400));
        assertThat(server.get("/" + guest + "/%00")).satisfies(problem(400));
        assertThat(get("text=x", "X: a\rb")).satisfies(problem(400));
        assertThat(get("text=x", "Content-Length: 0", "Transfer-Encoding: chunked"))
                .satisfies(problem(400));
        assertThat(server.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")).satisfies(problem(400));
    }

    @Test
    @Tag("request.headers-too-large")
    @Tag("request.target-too-long")
    @Tag("request.body-too-large")
    @Tag("request.timeout")
    void whatIsTooMuchIsRefused() {
        assertThat(get("text=x", "X: " + "a".repeat(17_000))).satisfies(problem(431));
        assertThat(get("text=" + "a".repeat(9000))).satisfies(problem(414));
        assertThat(server.post("/" + guest + "/a?text=x", "b".repeat(2 << 20)))
                .satisfies(problem(413));
        assertThat(
                        server.send(
                                "POST /"
                                        + guest
                                        + "/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"))
                .satisfies(problem(408));
    }

    @Test
    @Tag("routes.open")
    @Tag("routes.slash")
    @Tag("routes.param")
    @Tag("routes.no-normalising")
    @Tag("routes.absolute")
    void onlyWhatMatchesRuns() {
        assertThat(server.get("/" + guest + "?text=x").status()).isEqualTo(200);
        assertThat(server.get("/" + guest + "-exact/?text=x")).satisfies(problem(404));
        assertThat(server.get("/" + guest + "-user//?text=x")).satisfies(problem(404));
        assertThat(server.get("/./" + guest + "/a?text=x")).satisfies(problem(404));
        assertThat(server.get("/" + guest + "/../a?text=x").body()).isEqualTo("x");
        assertThat(server.get("http://other/" + guest + "/a?text=x").body()).isEqualTo("x");
    }
}
