package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManifestsTest {
    @Test
    void theFullExampleIsValid() {
        Manifest shop = Samples.valid(Samples.resource("examples/shop.toml"));
        assertThat(shop.app().name()).isEqualTo("shop");
        assertThat(shop.http()).hasSize(4);
        assertThat(shop.kafka().getFirst().group()).isEqualTo("shop-on-order");
    }

    @Test
    void aBareModuleIsWhatTheSmallestFileSays() {
        assertThat(Manifests.bareModule("hello", "hello.wasm"))
                .isEqualTo(Samples.valid(Samples.hello("")));
    }

    @Test
    void everyProblemIsReportedInOneGo() {
        String toml =
                """
                manifest_version = 2
                [app]
                nam = "shop"
                [[trigger.http]]
                route = "hello"
                function = "helo"
                static_response = { status = 99 }
                [function.hello]
                source = "../x"
                limits = { memory = "64MB", timeout = "0s" }
                """;
        assertThat(Samples.problems(toml)).hasSize(10);
    }
}
