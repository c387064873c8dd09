package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class DriverTest {
    private static final Ask ASK = Ask.get("a.test", "/", "right");

    private static Report steady(Scripted server, double perSecond, int connections)
            throws InterruptedException {
        Pace pace = new Pace(perSecond, Duration.ofMillis(500), connections);
        return new Driver(server.port()).steady(pace, _ -> ASK);
    }

    @Test
    void asManyAreAskedAsThePaceSays() throws Exception {
        try (Scripted server = new Scripted(_ -> Scripted.ok("right"))) {
            Report report = steady(server, 200, 4);
            assertThat(report.accepted().count()).isEqualTo(100);
            assertThat(report.flawless().perSecond()).isPositive();
        }
    }

    @Test
    void whatAStallHoldsUpIsChargedWithTheWholeWait() throws Exception {
        try (Scripted server =
                new Scripted(n -> {
                    if (n == 0) {
                        pause(Duration.ofMillis(490));
                    }
                    return Scripted.ok("right");
                })) {
            Report report = steady(server, 100, 1);
            assertThat(report.flawless().accepted().count()).isEqualTo(50);
            assertThat(report.accepted().millis(100)).isGreaterThan(489);
            assertThat(report.accepted().millis(50)).isGreaterThan(239);
        }
    }

    /** The stall itself, not a wait for something: its length is what must be charged. */
    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWrongBodyARefusalAndABrokenConnectionAreToldApart() throws Exception {
        String later = "HTTP/1.1 503 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";
        String never = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";
        try (Scripted server =
                new Scripted(n ->
                        switch ((int) n) {
                            case 0 -> Scripted.ok("wrong");
                            case 1 -> later;
                            case 2 -> never;
                            case 3 -> "nonsense\r\n\r\n";
                            default -> Scripted.ok("right");
                        })) {
            Report report = steady(server, 20, 1);
            assertThat(report.accepted().count()).isEqualTo(6);
            assertThat(report.refused()).isEqualTo(1);
            assertThat(report.other()).isEqualTo(3);
            assertThat(report.complaints()).hasSize(3);
            assertThatThrownBy(report::flawless).hasMessageContaining("wrong");
        }
    }

    @Test
    void chunksArePutTogether() throws Exception {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nri\r\n3\r\nght\r\n0\r\n\r\n";
        try (Scripted server = new Scripted(_ -> chunked)) {
            steady(server, 20, 2).flawless();
        }
    }

    @Test
    void aConnectionTheServerClosesIsMadeAgain() throws Exception {
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nright";
        try (Scripted server = new Scripted(_ -> last)) {
            assertThat(steady(server, 20, 1).flawless().accepted().count()).isEqualTo(10);
        }
    }

    @Test
    void aClosedLoopAsksAgainAsSoonAsItIsAnswered() throws Exception {
        try (Scripted server = new Scripted(_ -> Scripted.ok("right"))) {
            Report report = new Driver(server.port()).saturate(2, Duration.ofMillis(300), _ -> ASK);
            assertThat(report.flawless().accepted().count()).isGreaterThan(2);
        }
    }

    @Test
    void theDriverInJavaTakesChunksAmongLengths() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunked = head + "5\r\nright\r\n0\r\n\r\n";
        try (Scripted server = new Scripted(n -> n % 2 == 0 ? chunked : Scripted.ok("right"))) {
            URI target = URI.create("http://127.0.0.1:" + server.port() + "/");
            Load.Rate rate = new ClosedLoop().drive(target, 2, Duration.ofMillis(300));
            assertThat(rate.perSecond()).isPositive();
        }
    }

    @Test
    void anAnswerIsWholeWithItsLastByteOnly() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (String answer :
                List.of(
                        head + "5\r\nright\r\n0\r\n\r\n",
                        head + "4\r\n0\r\n\r\r\n2\r\nok\r\n0\r\n\r\n",
                        head + "0\r\n\r\n",
                        Scripted.ok("right"))) {
            byte[] bytes = answer.getBytes(ISO_8859_1);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(WholeAnswer.in(bytes, length)).as("%d of %s", length, answer).isFalse();
            }
            assertThat(WholeAnswer.in(bytes, bytes.length)).as(answer).isTrue();
        }
    }

    @Test
    void anAnswerThatStatesNoLengthIsAFault() {
        byte[] answer = "HTTP/1.1 200 OK\r\n\r\nright".getBytes(ISO_8859_1);
        assertThatThrownBy(() -> WholeAnswer.in(answer, answer.length))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no stated length");
    }

    @Test
    void eachIsAskedOnce() throws Exception {
        Set<Long> asked = ConcurrentHashMap.newKeySet();
        try (Scripted server = new Scripted(_ -> Scripted.ok("right"))) {
            Report report =
                    new Driver(server.port())
                            .each(
                                    3,
                                    20,
                                    n -> {
                                        asked.add(n);
                                        return ASK;
                                    });
            assertThat(report.flawless().accepted().count()).isEqualTo(20);
            assertThat(asked).hasSize(20).allMatch(n -> n < 20);
        }
    }

    @Test
    void ofAHundredTimesTheNinetyNinthIsP99() {
        Latencies latencies = new Latencies();
        for (int i = 100; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }
        assertThat(latencies.millis(99)).isEqualTo(99);
        assertThat(latencies.millis(50)).isEqualTo(50);
        assertThat(latencies.millis(100)).isEqualTo(100);
    }
}
