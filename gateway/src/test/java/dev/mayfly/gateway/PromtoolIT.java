package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own program makes of a look; where it is not installed, that is said. */
class PromtoolIT {
    /** A sample; what is behind it would be a time. */
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([^#\\n].*)$");

    @TempDir Path folder;

    @BeforeEach
    void isInstalled() {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
                "promtool is not installed (Debian's package prometheus has it)");
    }

    /** What it says, and how it ended. */
    private record Said(int code, String text) {}

    private static Said promtool(String input, List<String> words) throws Exception {
        List<String> command =
                Stream.concat(Stream.of("promtool"), words.stream()).collect(Collectors.toList());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private MetricsText scrape(String accept) throws IOException {
        try (Gateway gateway = Gateway.open(PlayedServer.settings(folder))) {
            AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
            gateway.deploy(files.app(AppFolder.function("/...", "echo-c")));
            int port = ((Binding.Bound) gateway.listen()).address().port();
            try (RawClient client = new RawClient(port)) {
                client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
            }
            return gateway.metrics(accept);
        }
    }

    @Test
    void prometheusTextHasNoFlaw() throws Exception {
        MetricsText scrape = scrape("text/plain");
        assertThat(scrape.type()).startsWith("text/plain; version=0.0.4");
        Said said = promtool(scrape.text(), List.of("check", "metrics"));
        assertThat(said.text()).isEmpty();
        assertThat(said.code()).isZero();
    }

    /** Blocks are made of nothing but OpenMetrics text, each sample with a time. */
    @Test
    void openMetricsTextIsReadAsSuch() throws Exception {
        MetricsText scrape = scrape("application/openmetrics-text;version=1.0.0,text/plain;q=0.2");
        assertThat(scrape.type()).startsWith("application/openmetrics-text; version=1.0.0");
        Path text = folder.resolve("scrape");
        Files.writeString(text, SAMPLE.matcher(scrape.text()).replaceAll("$1 1700000000"));
        Path blocks = Files.createDirectory(folder.resolve("blocks"));
        Said said =
                promtool(
                        "",
                        List.of(
                                "tsdb",
                                "create-blocks-from",
                                "openmetrics",
                                text.toString(),
                                blocks.toString()));
        assertThat(said.code()).as(said.text()).isZero();
    }
}
