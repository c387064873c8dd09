package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolutionTest {
    private static final String TOML =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [variables]
            greeting = { default = "hello" }
            zone = { required = true }
            api_key = { required = true, secret = true }
            [[trigger.http]]
            route = "/a"
            hosts = ["{{ zone }}.test"]
            function = "f"
            [[trigger.http]]
            route = "/a"
            hosts = ["shop.test"]
            function = "f"
            [[trigger.kafka]]
            topics = ["{{ zone }}.orders"]
            dead_letter_topic = "{{ zone }}.dlq"
            function = "f"
            [function.f]
            source = "f.wasm"
            environment = { SAID = "{{ greeting }}, {{zone}}!", KEY = "{{ api_key }}" }
            allowed_outbound_hosts = ["https://{{ api_key }}.example.com"]
            """;

    private static Parsed<Manifest> resolved(Map<String, String> given) {
        return Manifests.resolve(Samples.valid(TOML), given);
    }

    @Test
    void valuesGoWhereTheirNamesStand() {
        Manifest app = Samples.valid(resolved(Map.of("zone", "Eu", "api_key", "k1")));
        FunctionSpec function = Samples.function(app, "f");
        assertThat(function.environment()).containsEntry("SAID", "hello, Eu!");
        assertThat(function.environment()).containsEntry("KEY", "k1");
        assertThat(function.access().allowedOutboundHosts())
                .containsExactly("https://k1.example.com");
        assertThat(app.http().getFirst().hosts()).containsExactly("eu.test");
        assertThat(app.kafka().getFirst().topics()).containsExactly("Eu.orders");
        assertThat(app.kafka().getFirst().deadLetterTopic()).contains("Eu.dlq");
    }

    @Test
    void aGivenValueWinsOverTheDefault() {
        Map<String, String> given = Map.of("zone", "eu", "api_key", "k", "greeting", "moin");
        FunctionSpec function = Samples.function(Samples.valid(resolved(given)), "f");
        assertThat(function.environment()).containsEntry("SAID", "moin, eu!");
    }

    @Test
    void everyVariableWithoutAValueIsNamed() {
        assertThat(Samples.lines(Samples.problems(resolved(Map.of()))))
                .containsExactly(
                        "app.toml:6:1 variables.zone: has no value (expected: one given, it is"
                                + " required) — give it a value",
                        "app.toml:7:1 variables.api_key: has no value (expected: one given, it is"
                                + " required) — give it a value");
    }

    @Test
    void aValueForAVariableThatIsNotDeclaredIsRefused() {
        Map<String, String> given = Map.of("zone", "eu", "api_key", "k", "greting", "x");
        assertThat(Samples.lines(Samples.problems(resolved(given))))
                .containsExactly(
                        "app.toml:4:1 variables.greting: a value is given but the variable is not"
                                + " declared — did you mean greeting?");
    }

    @Test
    void whatAValueMakesOfATextIsChecked() {
        List<Problem> problems =
                Samples.problems(resolved(Map.of("zone", "e u", "api_key", "s3 cr3t")));
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactly(
                        "trigger.http[0].hosts[0]",
                        "trigger.kafka[0].topics[0]",
                        "trigger.kafka[0].dead_letter_topic",
                        "function.f.allowed_outbound_hosts[0]");
        assertThat(problems.getFirst().message())
                .startsWith("\"{{ zone }}.test\" as \"e u.test\" is not a host (");
    }

    @Test
    void aSecretIsNeverShown() {
        Map<String, String> given = Map.of("zone", "e u", "api_key", "s3 cr3t");
        assertThat(Samples.problems(resolved(given)).toString()).doesNotContain("cr3t");
    }

    @Test
    void aValueWithANulIsRefused() {
        Map<String, String> given = Map.of("zone", "eu", "api_key", "a\0b");
        assertThat(Samples.problems(resolved(given)))
                .extracting(Problem::message)
                .contains("its value has a NUL");
    }

    @Test
    void hostsThatBecomeTheSameClash() {
        Map<String, String> given = Map.of("zone", "shop", "api_key", "k");
        assertThat(Samples.problems(resolved(given)))
                .extracting(Problem::key)
                .containsExactly("trigger.http[1].route");
    }

    @Test
    void environmentFromOutsideWinsInEveryFunction() {
        Manifest app = Samples.valid(Samples.hello("environment = { A = \"1\", B = \"2\" }\n"));
        Manifest more =
                Samples.valid(Manifests.withEnvironment(app, Map.of("B", "{{ as is }}", "C", "4")));
        FunctionSpec function = Samples.function(more, "hello");
        assertThat(function.environment())
                .isEqualTo(Map.of("A", "1", "B", "{{ as is }}", "C", "4"));
    }

    @Test
    void environmentFromOutsideFollowsTheRulesOfTheFile() {
        Manifest app = Samples.valid(Samples.hello(""));
        List<Problem> problems =
                Samples.problems(Manifests.withEnvironment(app, Map.of("HTTP_X", "s3cret\0")));
        assertThat(problems).extracting(Problem::key).containsOnly("--env HTTP_X").hasSize(2);
        assertThat(problems.toString()).doesNotContain("s3cret");
    }

    private static final String EVENTS =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [variables]
            topic = { required = true, secret = true }
            [[trigger.kafka]]
            topics = ["orders", "more"]
            output_topic = "{{ topic }}"
            exactly_once = true
            function = "f"
            [function.f]
            source = "f.wasm"
            [function.g]
            source = "g.wasm"
            environment = { KAFKA_BROKERS = "a:1" }
            """;

    @Test
    void anOutputTopicThatBecomesOneOfTopicsIsRefused() {
        Manifest app = Samples.valid(EVENTS);
        assertThat(Samples.lines(Samples.problems(resolvedTo(app, "more"))))
                .containsExactly(
                        "app.toml:8:1 trigger.kafka[0].output_topic: \"{{ topic }}\" is with its"
                                + " values one of topics: its records would come round — choose"
                                + " another topic");
        assertThat(Samples.valid(resolvedTo(app, "other")).kafka().getFirst().outputTopic())
                .contains("other");
    }

    private static Parsed<Manifest> resolvedTo(Manifest app, String topic) {
        return Manifests.resolve(app, Map.of("topic", topic));
    }

    @Test
    void environmentFromOutsideLeavesTheNamesOfRecordsAloneWhereThereAreTriggers() {
        Map<String, String> given = Map.of("CE_ID", "x");
        Manifest events = Samples.valid(EVENTS);
        assertThat(Samples.problems(Manifests.withEnvironment(events, given)))
                .extracting(Problem::key)
                .containsExactly("--env CE_ID");
        Manifest requests = Samples.valid(Samples.hello(""));
        Samples.valid(Manifests.withEnvironment(requests, given));
    }
}
