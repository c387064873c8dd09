package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void anUnknownScenarioIsAnsweredWithTheListOfAll() throws Exception {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("nonsense", "reset", "http", "start");
    }

    @Test
    void helpIsNoMistake() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("usage: load-tests/bench");
    }

    @Test
    void withoutAScenarioAllAreListedOneALine() throws Exception {
        assertThat(run()).isZero();
        assertThat(out.toString(UTF_8).lines())
                .anySatisfy(line -> assertThat(line).startsWith("  overload "))
                .anySatisfy(line -> assertThat(line).startsWith("  fairness "));
    }

    @Test
    void secondsMustBeANumber() throws Exception {
        assertThat(run("overload", "--seconds", "soon")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("soon", "usage:");
    }

    @Test
    void theLastLineIsForMachines() {
        Figures figures = new Figures();
        figures.row("a longer label", "1");
        figures.row("short", "2");
        figures.value("reset_us_p50", 0.244, 2);
        figures.value("alloc_bytes", 0, 0);
        assertThat(figures.table()).isEqualTo("a longer label  1\nshort           2\n");
        assertThat(figures.result()).isEqualTo("RESULT reset_us_p50=0.24 alloc_bytes=0");
    }

    @Test
    void oneSlowRoundDoesNotMoveTheMedian() {
        assertThat(Medians.of(DoubleStream.of(90, 100, 3))).isEqualTo(90);
    }

    @Test
    void theDriverInJavaCountsAnswers() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 5);
                    exchange.getResponseBody().write("hello".getBytes(UTF_8));
                    exchange.close();
                });
        server.start();
        try {
            URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            Load.Rate rate = new ClosedLoop().drive(target, 4, Duration.ofSeconds(2));
            assertThat(rate.perSecond()).isPositive();
            assertThat(rate.p99Micros()).isPositive();
        } finally {
            server.stop(0);
        }
    }

    private int run(String... args) throws Exception {
        return Bench.run(
                args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
