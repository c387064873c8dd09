package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the dashboard and the alerts to docs/metrics.md: what they ask for exists. */
final class DashboardTest {
    private static final String FOLDER = "deploy/observability/";

    private static final Pattern METER = Pattern.compile("\\b(?:mayfly|jvm|process)_[a-z_]+\\b");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (counter|gauge|histogram|summary|info) \\|");

    /** Every name that a query may ask for. */
    private static Set<String> series() {
        Set<String> series = new HashSet<>();
        for (MatchResult row : ROW.matcher(Repository.text("docs/metrics.md")).results().toList()) {
            String name = row.group(1);
            switch (row.group(2)) {
                case "histogram" ->
                        series.addAll(List.of(name + "_bucket", name + "_count", name + "_sum"));
                case "summary" -> series.addAll(List.of(name + "_count", name + "_sum"));
                default -> series.add(name);
            }
        }
        return series;
    }

    private static Set<String> unknown(String text) {
        Set<String> named =
                METER.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(5);
        named.removeAll(series());
        return named;
    }

    private static JsonNode dashboard() throws JsonProcessingException {
        return new ObjectMapper().readTree(Repository.text(FOLDER + "dashboard.json"));
    }

    @Test
    void theDashboardAsksOnlyForMetersThatExist() throws JsonProcessingException {
        List<String> queries = dashboard().findValuesAsText("expr");
        queries.addAll(dashboard().findValuesAsText("query"));
        assertThat(unknown(String.join("\n", queries))).isEmpty();
    }

    @Test
    void everyPanelHasAQueryATitleAndAPlaceOfItsOwn() throws JsonProcessingException {
        Set<String> ids = new HashSet<>();
        for (JsonNode panel : dashboard().path("panels")) {
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(ids.add(panel.path("id").asText())).isTrue();
            assertThat(ids.add(panel.path("gridPos").toString())).isTrue();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).isNotEmpty();
            }
        }
    }

    @Test
    void theAlertsAskOnlyForMetersThatExist() {
        assertThat(unknown(Repository.text(FOLDER + "alerts.yml"))).isEmpty();
    }

    @Test
    void prometheusReadsTheAlertsAndItsConfiguration() throws Exception {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool"))),
                "promtool is not installed (Debian's package prometheus has it)");
        assertThat(promtool("check", "rules", FOLDER + "alerts.yml")).contains("SUCCESS");
        assertThat(promtool("check", "config", "--syntax-only", FOLDER + "prometheus.yml"))
                .contains("SUCCESS");
    }

    private static String promtool(String... words) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(words)).collect(Collectors.toList());
        Process process =
                new ProcessBuilder(command)
                        .directory(Repository.ROOT.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
