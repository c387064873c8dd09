package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Kubernetes against its typed model: a field that does not exist fails. */
final class KubernetesFilesTest {
    private static final String FOLDER = "deploy/kubernetes";

    private static final Map<String, Class<? extends HasMetadata>> TYPES =
            Map.of(
                    "Namespace", Namespace.class,
                    "ServiceAccount", ServiceAccount.class,
                    "Deployment", Deployment.class,
                    "Service", Service.class,
                    "HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
                    "PodDisruptionBudget", PodDisruptionBudget.class,
                    "NetworkPolicy", NetworkPolicy.class,
                    "ServiceMonitor", ServiceMonitor.class);

    /** They are not of Kubernetes' own model. */
    private static final List<String> UNTYPED =
            List.of("Kustomization", "Component", "ScaledObject");

    /** The model keeps what it does not know in a map; here that is a mistake. */
    private static final ObjectMapper STRICT =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .annotationIntrospector(
                            new JacksonAnnotationIntrospector() {
                                private static final long serialVersionUID = 1;

                                @Override
                                public Boolean hasAnySetter(Annotated member) {
                                    return false;
                                }
                            })
                    .build();

    static Stream<String> files() {
        return Repository.files(Repository.ROOT.resolve(FOLDER)).stream()
                .map(file -> Repository.ROOT.relativize(file).toString())
                .filter(file -> file.endsWith(".yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFieldOfEveryFileIsOneOfTheModel(String file) throws Exception {
        for (JsonNode document : YamlFile.documents(Repository.text(file))) {
            String kind = document.path("kind").asText();
            if (!UNTYPED.contains(kind)) {
                assertThat(TYPES).as(file).containsKey(kind);
                HasMetadata resource = STRICT.treeToValue(document, TYPES.get(kind));
                assertThat(resource.getApiVersion())
                        .isEqualTo(HasMetadata.getApiVersion(TYPES.get(kind)));
            }
        }
    }

    @Test
    void aFieldThatDoesNotExistIsNoticed() {
        String text = Repository.text(FOLDER + "/base/deployment.yaml");
        JsonNode mistyped =
                YamlFile.documents(text.replace("runAsNonRoot:", "runAsNoRoot:")).getFirst();
        assertThat(text).contains("runAsNonRoot:");
        assertThatThrownBy(() -> STRICT.treeToValue(mistyped, Deployment.class))
                .hasMessageContaining("runAsNoRoot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"base", "overlays/external", "components/prometheus", "components/keda"})
    void aKustomizationListsWhatIsInItsFolder(String folder) throws Exception {
        JsonNode kustomization = YamlFile.of(FOLDER + "/" + folder + "/kustomization.yaml");
        TreeSet<String> listed = new TreeSet<>(List.of("kustomization.yaml"));
        kustomization.path("resources").forEach(each -> listed.add(each.asText()));
        kustomization.path("components").forEach(each -> listed.add(each.asText()));
        kustomization
                .path("patches")
                .forEach(each ->
                        Optional.of(each.path("path").asText())
                                .filter(path -> !path.isEmpty())
                                .ifPresent(listed::add));
        Path root = Repository.ROOT.resolve(FOLDER).resolve(folder);
        assertThat(listed).allMatch(each -> Files.exists(root.resolve(each)));
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(listed);
        }
    }

    @Test
    void thePodIsOneThatTheRestrictedLevelAdmits() throws Exception {
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.getVolumes())
                .allMatch(volume -> volume.getSecret() != null || volume.getEmptyDir() != null);
        for (Container container : pod.getContainers()) {
            SecurityContext may = container.getSecurityContext();
            assertThat(may.getAllowPrivilegeEscalation()).isFalse();
            assertThat(may.getReadOnlyRootFilesystem()).isTrue();
            assertThat(may.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(may.getCapabilities().getAdd()).isEmpty();
        }
    }

    @Test
    void aPodIsAskedForItsHealthAndHasTimeToDrain() throws Exception {
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();
        Container gateway = pod.getContainers().getFirst();
        assertThat(gateway.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
        assertThat(gateway.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(5 + 30);
        // A Service of this name would be in the environment as a setting that does not exist.
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    @Test
    void portsAndMountsAreThoseOfTheImage() throws Exception {
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();
        Container gateway = pod.getContainers().getFirst();
        String dockerfile = Repository.text("Dockerfile");
        gateway.getPorts()
                .forEach(port ->
                        assertThat(dockerfile)
                                .containsPattern("EXPOSE .*\\b" + port.getContainerPort() + "\\b"));
        for (String folder : List.of("/var/lib/mayfly", "/var/cache/mayfly", "/var/spool/mayfly")) {
            assertThat(gateway.getVolumeMounts())
                    .anyMatch(mount -> mount.getMountPath().equals(folder));
            assertThat(dockerfile).containsPattern("VOLUME .*\"" + folder + "\"");
        }
        assertThat(dockerfile).contains("USER " + pod.getSecurityContext().getRunAsUser() + ":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/external"})
    void kubectlRendersWhatTheModelTakes(String folder) throws Exception {
        assumeThat(isInstalled()).as("kubectl is not installed").isTrue();
        String rendered = Shell.run("kubectl kustomize " + FOLDER + "/" + folder);
        List<JsonNode> documents = YamlFile.documents(rendered);
        assertThat(documents).hasSizeGreaterThan(7);
        for (JsonNode document : documents) {
            Class<? extends HasMetadata> type = TYPES.get(document.path("kind").asText());
            assertThat(type).as(document.toString()).isNotNull();
            HasMetadata resource = STRICT.treeToValue(document, type);
            if (!(resource instanceof Namespace)) {
                assertThat(resource.getMetadata().getNamespace()).isEqualTo("mayfly");
            }
        }
    }

    private static boolean isInstalled() throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v kubectl").start().waitFor() == 0;
    }

    private static Deployment deployment() throws Exception {
        return STRICT.treeToValue(YamlFile.of(FOLDER + "/base/deployment.yaml"), Deployment.class);
    }
}
