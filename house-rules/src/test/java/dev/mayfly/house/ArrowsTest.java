package dev.mayfly.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The arrows of ARCHITECTURE.md between modules, libraries, and what may be public. */
@AnalyzeClasses(
        packages = "dev.mayfly",
        importOptions = {
            DoNotIncludeTests.class,
            ArrowsTest.NoBenchmarks.class,
            ArrowsTest.NothingGenerated.class
        })
final class ArrowsTest {
    private static final String MANIFEST = "dev.mayfly.manifest..";
    private static final String REGISTRY = "dev.mayfly.registry..";
    private static final String POOL = "dev.mayfly.pool..";
    private static final String HTTP = "dev.mayfly.http..";
    private static final String KAFKA = "dev.mayfly.kafka";
    private static final String BROKER = "dev.mayfly.kafka.embedded..";
    private static final String GATEWAY = "dev.mayfly.gateway..";
    private static final String SERVER = "dev.mayfly.server..";
    private static final String CLI = "dev.mayfly.cli..";
    private static final String LOAD = "dev.mayfly.load..";

    /** Classes that are public though they are neither record, interface, enum nor exception. */
    private static final Set<String> FACADES =
            Set.of(
                    "dev.mayfly.manifest.Manifests",
                    "dev.mayfly.registry.Registry",
                    "dev.mayfly.pool.GuestRuntime",
                    "dev.mayfly.http.HttpTrigger",
                    "dev.mayfly.kafka.KafkaEvents",
                    "dev.mayfly.kafka.embedded.EmbeddedBroker",
                    "dev.mayfly.gateway.Gateway",
                    "dev.mayfly.gateway.Main",
                    "dev.mayfly.gateway.LogConfiguration", // logback makes it
                    "dev.mayfly.server.Server",
                    "dev.mayfly.cli.Main");

    @ArchTest
    static final ArchRule manifestsKnowNothingOfTheRest =
            noneOf(MANIFEST, REGISTRY, POOL, HTTP, KAFKA, BROKER, GATEWAY, SERVER, CLI, LOAD);

    @ArchTest
    static final ArchRule theRegistryKnowsOnlyManifests =
            noneOf(REGISTRY, POOL, HTTP, KAFKA, BROKER, GATEWAY, SERVER, CLI, LOAD);

    @ArchTest
    static final ArchRule thePoolKnowsOnlyManifests =
            noneOf(POOL, REGISTRY, HTTP, KAFKA, BROKER, GATEWAY, SERVER, CLI, LOAD);

    @ArchTest
    static final ArchRule theHttpTriggerKnowsNoServer =
            noneOf(
                    HTTP,
                    KAFKA,
                    BROKER,
                    REGISTRY,
                    GATEWAY,
                    SERVER,
                    CLI,
                    LOAD,
                    "io.vertx..",
                    "io.netty..");

    @ArchTest
    static final ArchRule theKafkaTriggerKnowsOnlyManifestsAndThePool =
            noneOf(KAFKA, HTTP, BROKER, REGISTRY, GATEWAY, SERVER, CLI, LOAD, "io.vertx..");

    @ArchTest
    static final ArchRule theBrokerKnowsOnlyItsPort =
            noneOf(BROKER, MANIFEST, POOL, HTTP, REGISTRY, GATEWAY, SERVER, CLI, LOAD);

    @ArchTest
    static final ArchRule nobodyKnowsTheBroker =
            noClasses()
                    .that()
                    .resideInAPackage("dev.mayfly..")
                    .and()
                    .resideOutsideOfPackages(BROKER, LOAD)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(BROKER);

    @ArchTest
    static final ArchRule theGatewayServesWithoutTheRegistry =
            noneOf(GATEWAY, REGISTRY, SERVER, CLI, LOAD);

    @ArchTest
    static final ArchRule theServerKnowsGatewayRegistryAndManifests =
            noneOf(SERVER, POOL, HTTP, KAFKA, BROKER, CLI, LOAD);

    @ArchTest
    static final ArchRule theCommandTalksToManifestsGatewayAndServer =
            noneOf(CLI, REGISTRY, HTTP, KAFKA, BROKER, LOAD);

    @ArchTest static final ArchRule chicoryStaysInThePool = onlyIn("com.dylibso.chicory..", POOL);

    @ArchTest
    static final ArchRule micronautStaysInTheRegistry = onlyIn("io.micronaut..", REGISTRY);

    @ArchTest
    static final ArchRule postgresqlStaysInTheRegistry = onlyIn("org.postgresql..", REGISTRY);

    @ArchTest static final ArchRule vertxStaysInTheGateway = onlyIn("io.vertx..", GATEWAY);

    @ArchTest static final ArchRule nettyStaysInTheGateway = onlyIn("io.netty..", GATEWAY);

    @ArchTest
    static final ArchRule caffeineStaysWhereSomethingIsForgotten =
            onlyIn("com.github.benmanes..", HTTP, POOL, REGISTRY);

    @ArchTest
    static final ArchRule micrometerStaysInTheGateway = onlyIn("io.micrometer..", GATEWAY);

    @ArchTest static final ArchRule jctoolsStaysInTheGateway = onlyIn("org.jctools..", GATEWAY);

    @ArchTest
    static final ArchRule prometheusStaysInTheGateway = onlyIn("io.prometheus..", GATEWAY);

    @ArchTest
    static final ArchRule openTelemetryStaysInTheGateway = onlyIn("io.opentelemetry..", GATEWAY);

    @ArchTest
    static final ArchRule kafkaStaysInTheTriggerAndTheBroker =
            onlyIn("org.apache.kafka..", KAFKA, BROKER);

    @ArchTest static final ArchRule kafkasBrokerStaysInTheBroker = onlyIn("kafka..", BROKER);

    @ArchTest static final ArchRule picocliStaysInTheCommand = onlyIn("picocli..", CLI);

    @ArchTest
    static final ArchRule onlyFacadesRecordsAndInterfacesArePublic =
            classes()
                    .that()
                    .resideInAnyPackage(
                            MANIFEST, REGISTRY, POOL, HTTP, KAFKA, BROKER, GATEWAY, SERVER, CLI)
                    .and()
                    .areTopLevelClasses()
                    .and()
                    .haveModifier(JavaModifier.PUBLIC)
                    .should(new BePartOfThePublicFace(FACADES));

    /** Benchmarks live beside what they measure, in its package, and measure what they like. */
    static final class NoBenchmarks implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("load-tests");
        }
    }

    /** The registry's container writes classes beside its own, whose names begin with a dollar. */
    static final class NothingGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/$");
        }
    }

    private static ArchRule noneOf(String module, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    private static ArchRule onlyIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideInAPackage("dev.mayfly..")
                .and()
                .resideOutsideOfPackages(homes)
                .and()
                .resideOutsideOfPackage(LOAD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
