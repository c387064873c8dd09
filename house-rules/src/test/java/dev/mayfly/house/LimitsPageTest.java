package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mayfly.gateway.Setting;
import dev.mayfly.gateway.SettingSources;
import dev.mayfly.manifest.Manifests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/limits.md to the code: app.toml's limits by its schema, settings by the reader of
 * settings, fixed ones by their constants. A constant counts as a limit by its name ({@code
 * MOST_…}, {@code MAX_…}, {@code LARGEST_…}, {@code LONGEST_…}), or because the page names it.
 */
final class LimitsPageTest {
    /** The limit's name, then the cell behind it. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\|.*<!-- limit: ([\\w.]+) --> \\| ([^|]*) \\|");

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"limit:([\\w.]+)\"\\)");

    private static final Pattern CONSTANT =
            Pattern.compile("(?m)^ +(?:[a-z]+ )*(?:int|long|Duration) ([A-Z_]+) =\\s*([^;]+);");

    private static final Pattern LIMIT_BY_NAME =
            Pattern.compile("(MOST|MAX|LARGEST|LONGEST)(_.+)?");

    /** They shape what is shown, or how work is divided; nobody meets them. */
    private static final Set<String> NOT_MET_BY_USERS =
            Set.of(
                    "AppName.LONGEST",
                    "AppWatch.LONGEST_WAIT",
                    "ArtifactFile.LARGEST",
                    "Backoff.MOST_DOUBLINGS",
                    "BareModule.LONGEST_NAME",
                    "CgiHeadParser.MOST_QUOTED",
                    "Crew.MOST_STARTS",
                    "Flow.MOST_BYTES",
                    "HeadCache.LONGEST",
                    "HeaderVariables.MOST",
                    "KafkaEntries.LONGEST_SESSION",
                    "ModuleCompiler.MOST_FRAME_CELLS",
                    "Patience.MOST_LEFT_OUT",
                    "MadeElsewhere.MOST_FILES",
                    "Nearest.LONGEST",
                    "NewestRecords.LARGEST_STEP",
                    "Octets.MOST_DIGITS",
                    "OffsetCommits.LONGEST_PAUSE",
                    "OutputHead.MOST_QUOTED",
                    "PlainOutlet.LONGEST_PAUSE",
                    "PreviewShelf.MOST",
                    "Printable.LONGEST_NAME",
                    "Printable.LONGEST_SENTENCE",
                    "ProgramAnswer.MOST_BYTES",
                    "RunTimes.MOST",
                    "RuntimeSettings.MAX_BLOCKED",
                    "ShellRun.LONGEST_LINE",
                    "Shown.LONGEST",
                    "Streak.MOST_IN_A_ROW",
                    "Subscription.LONGEST_PAUSE",
                    "Transactions.LONGEST_PAUSE",
                    "ToolNeeds.LONGEST_SCRIPT",
                    "Transactions.MOST_ALONE",
                    "WasmSections.MOST_LEB_BYTES",
                    "Variables.LONGEST_NUMBER");

    /** Settings that say where or how, not how much. */
    private static final Set<String> NO_LIMITS =
            Set.of(
                    "listen",
                    "admin_listen",
                    "admin_advertise",
                    "event_loops",
                    "linger",
                    "drain_delay",
                    "cache.folder",
                    "trusted_proxies",
                    "spool.folder",
                    "log_format",
                    "access_log",
                    "data.folder",
                    "database.url",
                    "secrets.keys",
                    "preview.domain",
                    "kafka.brokers",
                    "kafka.tls",
                    "kafka.ca_file",
                    "kafka.certificate_file",
                    "kafka.key_file",
                    "kafka.mechanism",
                    "kafka.username",
                    "kafka.password",
                    "kafka.topics",
                    "tls.listen",
                    "tls.certificate",
                    "tls.key",
                    "admin.tls.certificate",
                    "admin.tls.key",
                    "admin.tls.client_authority",
                    "proxy_protocol",
                    "compression",
                    "metrics.public",
                    "runtime.gc_objects",
                    "tracing.endpoint",
                    "tracing.ratio",
                    "logs.folder");

    private final Map<String, String> rows = rows();

    private static Map<String, String> rows() {
        return ROW.matcher(Repository.text("docs/limits.md"))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2).strip()));
    }

    @Test
    void everyLimitOfTheCodeHasItsRowAndEveryRowItsLimit() {
        Set<String> limits = new TreeSet<>(settings());
        limits.addAll(manifestLimits().keySet());
        constants().keySet().stream().filter(this::limits).forEach(limits::add);
        assertThat(new TreeSet<>(rows.keySet())).isEqualTo(limits);
    }

    private OptionalLong amount(String row) {
        return Amount.of(rows.getOrDefault(row, "").replace("`", ""));
    }

    /** By its name, or because the page says so. */
    private boolean limits(String constant) {
        String name = constant.substring(constant.indexOf('.') + 1);
        boolean named = LIMIT_BY_NAME.matcher(name).matches();
        return rows.containsKey(constant) || (named && !NOT_MET_BY_USERS.contains(constant));
    }

    @Test
    void everyValueIsTheCodes() {
        constants()
                .forEach((name, value) -> {
                    if (rows.containsKey(name)) {
                        assertThat(amount(name)).as(name).hasValue(value);
                    }
                });
        settingDefaults()
                .forEach((key, value) -> {
                    if (!NO_LIMITS.contains(key)) {
                        assertThat(rows.get(key)).as(key).isEqualTo(value);
                    }
                });
        manifestLimits().forEach((key, value) -> assertThat(rows.get(key)).as(key).contains(value));
    }

    @Test
    void everyRowHasATestThatNamesIt() {
        Set<String> untested = new TreeSet<>(rows.keySet());
        untested.removeAll(tagged());
        assertThat(untested).as("limits without a test that carries their tag").isEmpty();
        assertThat(rows.keySet()).containsAll(tagged());
    }

    private static Set<String> settings() {
        return knownSettings()
                .map(Setting::key)
                .filter(key -> !NO_LIMITS.contains(key))
                .collect(Collectors.toSet());
    }

    private static Stream<Setting> knownSettings() {
        return SettingSources.known().stream().flatMap(group -> group.settings().stream());
    }

    private static Map<String, String> settingDefaults() {
        return knownSettings().collect(Collectors.toMap(Setting::key, LimitsPageTest::fallback));
    }

    private static String fallback(Setting setting) {
        String text = setting.fallback().text();
        return setting.fallback().fixed() ? "`" + text + "`" : text;
    }

    /** By key, with what the schema gives as default; nothing for one that depends on others. */
    private static Map<String, String> manifestLimits() {
        Map<String, String> limits = new TreeMap<>();
        limits.put("trigger.http.rate_limit", "none");
        JsonNode schema = parsed(Manifests.jsonSchema());
        schema.at("/properties/function/additionalProperties/properties/limits/properties")
                .properties()
                .forEach(limit ->
                        limits.put(
                                "function.limits." + limit.getKey(),
                                limit.getValue().path("default").asText()));
        return limits;
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Every amount that is a constant, by class and name. */
    private static Map<String, Long> constants() {
        Map<String, Long> constants = new TreeMap<>();
        for (Path source : products()) {
            String type = source.getFileName().toString().replace(".java", "");
            for (MatchResult found :
                    CONSTANT.matcher(Repository.text(source.toString())).results().toList()) {
                Amount.of(found.group(2))
                        .ifPresent(value -> constants.put(type + "." + found.group(1), value));
            }
        }
        return constants;
    }

    private static List<Path> products() {
        return Repository.productionSources().stream()
                .filter(source -> !source.toString().contains("/load-tests/"))
                .toList();
    }

    private static Set<String> tagged() {
        return Repository.files(Repository.ROOT).stream()
                .map(Path::toString)
                .filter(path -> path.contains("src/test/java/") && path.endsWith(".java"))
                .flatMap(path -> TAG.matcher(Repository.text(path)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
