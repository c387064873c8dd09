package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.kafka.LocalBroker;
import dev.mayfly.kafka.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/metrics.md to the meters: their names, units, tags and meanings are the page's. */
class MetricsPageIT {
    private static final Path PAGE = Path.of("../docs/metrics.md");

    private static final String ROUTES =
            AppFolder.function("/...", "echo-c")
                    .replace(
                            "function = ",
                            "rate_limit = { requests = 9, per = \"1m\", by = \"ip\" }\nfunction = ");

    private static final String TRIGGER =
            "[[trigger.kafka]]\ntopics = [\"t\"]\nfunction = \"echo-c\"\n";

    @TempDir Path folder;

    @Test
    void thePageHasARowForEachMeterAndNoOther() throws IOException {
        try (LocalBroker.Running broker = new EmbeddedBroker().start(folder.resolve("broker"));
                Gateway gateway =
                        Gateway.open(
                                PlayedServer.settings(
                                        folder,
                                        "kafka.brokers",
                                        broker.address(),
                                        "kafka.topics",
                                        "*:*"))) {
            AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
            gateway.deploy(files.app(ROUTES + TRIGGER));
            int port = ((Binding.Bound) gateway.listen()).address().port();
            try (RawClient client = new RawClient(port)) {
                client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
                await().until(() -> gateway.functions().runs() == 1);
                assertThat(rows(Files.readString(PAGE))).isEqualTo(rows(Scrape.of(gateway)));
            }
        }
    }

    /** The page's, sorted. */
    private static String rows(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| `mayfly_"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** As the page must have them. */
    private static String rows(Scrape scrape) {
        Set<String> rows = new TreeSet<>();
        scrape.families().forEach((name, family) -> rows.add(row(name, family)));
        return String.join("\n", rows);
    }

    private static String row(String name, Scrape.Family family) {
        Map<String, String> says = family.says();
        String type = says.get("TYPE");
        String tags =
                family.tags().stream()
                        .map(tag -> "`" + tag + "`")
                        .collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        "counter".equals(type) ? name + "_total" : name,
                        type,
                        unit(name),
                        tags.isEmpty() ? "–" : tags,
                        says.get("HELP"));
    }

    private static String unit(String name) {
        return name.endsWith("_bytes") ? "bytes" : name.endsWith("_seconds") ? "seconds" : "–";
    }
}
