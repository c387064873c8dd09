package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the Dockerfile, docker-compose.yml and the manifests for Kubernetes to the code. */
final class DeploymentFilesTest {
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|KEY|URL).*");

    private static final Pattern JVM_FLAG =
            Pattern.compile("(?<=[\\s\"])(-(?:XX:|Xlog|D|-)[^\\s\"']+)");

    private final String dockerfile = Repository.text("Dockerfile");
    private final JsonNode compose = YamlFile.of("docker-compose.yml");

    @Test
    void everySettingInTheFilesIsOneAndCanBeRead() {
        Map<String, String> image = variablesOfTheImage();
        assertThat(image).containsKeys("MAYFLY_LISTEN", "MAYFLY_DATA_FOLDER");
        List<Map<String, String>> places = new ArrayList<>(List.of(image));
        for (String service : List.of("gateway", "gateway-2")) {
            places.add(texts(compose.at("/services/" + service + "/environment")));
        }
        places.add(variablesOfThePod());
        for (Map<String, String> variables : places) {
            assertThat(variables).isNotEmpty();
            assertThat(problems(variables)).as(variables.toString()).isEmpty();
        }
    }

    private Map<String, String> variablesOfTheImage() {
        Map<String, String> variables = new TreeMap<>();
        Pattern.compile("\\b(MAYFLY_[A-Z_]+)=(\\S+)")
                .matcher(dockerfile)
                .results()
                .forEach(each -> variables.put(each.group(1), each.group(2)));
        return variables;
    }

    private static Map<String, String> variablesOfThePod() {
        Map<String, String> variables = new TreeMap<>();
        for (String file : List.of("base/deployment.yaml", "overlays/external/kafka.yaml")) {
            YamlFile.of("deploy/kubernetes/" + file)
                    .at("/spec/template/spec/containers/0/env")
                    .forEach(each ->
                            variables.put(each.path("name").asText(), each.path("value").asText()));
        }
        return variables;
    }

    /** What is wrong, but that the files with the secrets are not on this machine. */
    private static List<String> problems(Map<String, String> variables) {
        return switch (ServerSettings.read(Optional.empty(), variables, Map.of())) {
            case Parsed.Valid<ServerSettings> _ -> List.of();
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) ->
                    problems.stream()
                            .map(Problem::message)
                            .filter(message -> !message.contains("there is no such file"))
                            .filter(message -> !message.contains("needs kafka.password"))
                            .toList();
        };
    }

    @Test
    void noSecretStandsInTheFiles() {
        Map<String, String> variables = new TreeMap<>(variablesOfTheImage());
        compose.path("services")
                .forEach(service -> variables.putAll(texts(service.path("environment"))));
        variables.putAll(variablesOfThePod());
        variables.keySet().removeIf(name -> !SECRET.matcher(name).matches());
        assertThat(variables).isNotEmpty();
        assertThat(variables.keySet()).allMatch(name -> name.endsWith("_FILE"));
        assertThat(Repository.text("docker-compose.yml"))
                .doesNotContainPattern("postgres://\\w+:[^%\\s]");
    }

    @Test
    void whatIsPublishedIsForThisMachineOnly() {
        List<String> ports = services().flatMap(service -> items(service.path("ports"))).toList();
        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void everyServiceIsBoundedAndComesBack() {
        compose.path("services")
                .properties()
                .forEach(service -> {
                    JsonNode its = service.getValue();
                    assertThat(its.path("mem_limit").asText()).as(service.getKey()).isNotEmpty();
                    assertThat(items(its.path("security_opt")))
                            .as(service.getKey())
                            .contains("no-new-privileges:true");
                    if (!service.getKey().equals("secrets")) {
                        assertThat(its.path("restart").asText())
                                .as(service.getKey())
                                .isEqualTo("unless-stopped");
                        assertThat(its.path("cpus").asText()).as(service.getKey()).isNotEmpty();
                    }
                });
    }

    @Test
    void everyVolumeIsDeclaredAndEveryFileIsThere() {
        List<String> sources =
                services()
                        .flatMap(service -> items(service.path("volumes")))
                        .map(volume -> volume.substring(0, volume.indexOf(':')))
                        .toList();
        List<String> named = new ArrayList<>();
        compose.path("volumes").fieldNames().forEachRemaining(named::add);
        assertThat(sources).isNotEmpty().containsAll(named);
        for (String source : sources) {
            assertThat(named.contains(source) || Files.exists(Repository.ROOT.resolve(source)))
                    .as(source)
                    .isTrue();
        }
    }

    @Test
    void aGatewayMayWriteToVolumesOnlyAndHasTimeToDrain() {
        for (String name : List.of("gateway", "gateway-2")) {
            JsonNode gateway = compose.at("/services/" + name);
            assertThat(gateway.path("read_only").asBoolean()).isTrue();
            for (String folder :
                    List.of("/var/lib/mayfly", "/var/cache/mayfly", "/var/spool/mayfly")) {
                assertThat(items(gateway.path("volumes")).filter(v -> v.endsWith(":" + folder)))
                        .hasSize(1);
            }
            assertThat(gateway.path("stop_grace_period").asText()).isEqualTo("45s");
            assertThat(gateway.at("/environment/MAYFLY_DRAIN_DELAY").asText()).isEqualTo("5s");
        }
    }

    @Test
    void theImageStartsJavaAsTheLauncherDoes() {
        String launcher = Repository.text("mayfly");
        List<String> flags =
                flags(launcher.substring(launcher.indexOf("run_java()"))).stream()
                        .filter(flag -> !flag.contains("$") && !flag.endsWith("="))
                        .filter(flag -> !flag.startsWith("-XX:AOT") && !flag.startsWith("-XX:+Use"))
                        .distinct()
                        .toList();
        assertThat(flags).contains("-XX:-ClipInlining", "--enable-native-access=ALL-UNNAMED");
        List<MatchResult> starts =
                Pattern.compile("(?m)^ENTRYPOINT \\[.*]$").matcher(dockerfile).results().toList();
        assertThat(starts).hasSize(2);
        for (MatchResult start : starts) {
            assertThat(flags(start.group()))
                    .containsAll(flags)
                    .contains("-XX:AOTMode=auto", "-XX:+UseParallelGC");
        }
        Stream.of(dockerfile.split("RUN java ", -1))
                .skip(1)
                .forEach(run ->
                        assertThat(flags(" " + run.substring(0, run.indexOf("-jar"))))
                                .containsAll(
                                        flags.stream()
                                                .filter(flag -> !flag.startsWith("-Xlog"))
                                                .filter(flag -> !flag.contains("VerifyShared"))
                                                .toList()));
    }

    private static List<String> flags(String text) {
        return JVM_FLAG.matcher(text).results().map(flag -> flag.group(1)).toList();
    }

    @Test
    void theImagesAreThisVersionsAndNeedNoOtherFrontend() {
        String version =
                Pattern.compile("<version>([^<]+)</version>")
                        .matcher(Repository.text("pom.xml"))
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1);
        assertThat(dockerfile).doesNotContain("# syntax");
        assertThat(Pattern.compile("image\\.version=\"([^\"]+)\"").matcher(dockerfile).results())
                .hasSize(2)
                .allMatch(label -> label.group(1).equals(version));
    }

    @Test
    void everyAlertIsExplainedToWhoeverIsWoken() {
        String page = Repository.text("docs/operations.md");
        JsonNode alerts = YamlFile.of("deploy/observability/alerts.yml").at("/groups/0/rules");
        assertThat(alerts).isNotEmpty();
        for (JsonNode alert : alerts) {
            assertThat(page).contains("| `" + alert.path("alert").asText() + "`");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/docker.md", "docs/scaling.md", "docs/operations.md"})
    void everyFileAPageLinksToIsThere(String page) {
        assertThat(Readme.read(page).linkedFiles())
                .isNotEmpty()
                .allMatch(file -> Files.exists(Repository.ROOT.resolve("docs").resolve(file)));
    }

    private Stream<JsonNode> services() {
        return StreamSupport.stream(compose.path("services").spliterator(), false);
    }

    private static Stream<String> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    /** With what compose puts in for a variable that is not set. */
    private static Map<String, String> texts(JsonNode table) {
        Map<String, String> texts = new TreeMap<>();
        table.properties()
                .forEach(each ->
                        texts.put(
                                each.getKey(),
                                each.getValue().asText().replaceAll("\\$\\{\\w+:-(.*?)}", "$1")));
        return texts;
    }
}
