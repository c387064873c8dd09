package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoadRulesTest {
    private static List<String> notServed(String more) {
        return Samples.lines(Manifests.notServedYet(Samples.valid(Samples.hello(more))));
    }

    private static final String LATER =
            """
            manifest_version = 1
            [app]
            name = "later"
            [[trigger.http]]
            route = "/"
            function = "f"
            sticky = "cookie"
            [[trigger.kafka]]
            topics = ["t"]
            function = "f"
            [function.f]
            source = { url = "https://a.test/f.wasm", digest = "sha256:%1$s" }
            allowed_outbound_hosts = ["*.a.test"]
            key_value_stores = ["default"]
            record = "bodies"
            [function.g]
            source = { registry = "a.test/g", digest = "sha256:%1$s" }
            """
                    .formatted("0".repeat(64));

    @Test
    void everyKeyThatIsNotServedIsNamed() {
        assertThat(Manifests.notServedYet(Samples.valid(LATER)))
                .extracting(Problem::key)
                .containsExactly(
                        "function.f.source",
                        "function.f.allowed_outbound_hosts",
                        "function.f.key_value_stores",
                        "function.f.record",
                        "function.g.source");
    }

    @Test
    void aKeyThatIsNotServedHasAPlainSentence() {
        assertThat(notServed("record = \"bodies\"\n"))
                .containsExactly(
                        "app.toml:9:1 function.hello.record: recorded bodies are not served by this"
                                + " build yet — remove it to run the app");
    }

    @Test
    void keysAtTheirDefaultsAreServed() {
        assertThat(
                        notServed(
                                """
                                request_body_mode = "stream"
                                record = "none"
                                limits = { timeout = "3s", cpu = "3s" }
                                build = { command = "make" }
                                allowed_outbound_hosts = []
                                """))
                .isEmpty();
    }

    @Test
    void aBareModuleIsServed() {
        assertThat(Manifests.notServedYet(Manifests.bareModule("x", "x.wasm"))).isEmpty();
    }

    @Test
    @Tag("limit:limits.max_memory")
    @Tag("limit:limits.max_timeout")
    @Tag("limit:limits.max_request_body")
    void aLimitAboveTheServersIsNamedWithBoth() {
        Manifest app =
                Samples.valid(
                        Samples.hello(
                                "limits = { memory = \"2GiB\", timeout = \"6m\", request_body ="
                                        + " \"2GiB\" }\n"));
        assertThat(Samples.lines(Manifests.exceeding(app, ServerLimits.DEFAULT)))
                .containsExactly(
                        "app.toml:9:12 function.hello.limits.memory: 2GiB is above the server's"
                                + " limits.max_memory (expected: at most 1GiB) — write \"1GiB\" or"
                                + " less, or raise limits.max_memory on the server",
                        "app.toml:9:29 function.hello.limits.timeout: 6m is above the server's"
                                + " limits.max_timeout (expected: at most 5m) — write \"5m\" or less,"
                                + " or raise limits.max_timeout on the server",
                        "app.toml:9:45 function.hello.limits.request_body: 2GiB is above the"
                                + " server's limits.max_request_body (expected: at most 1GiB) — write"
                                + " \"1GiB\" or less, or raise limits.max_request_body on the server");
    }

    @Test
    void aDefaultAboveTheServersLimitPointsAtTheFunction() {
        Manifest app = Samples.valid(Samples.hello(""));
        ServerLimits small = new ServerLimits(1L << 20, Duration.ofMinutes(5), 1L << 30);
        assertThat(Manifests.exceeding(app, small))
                .extracting(Problem::line, Problem::key)
                .containsExactly(tuple(7, "function.hello.limits.memory"));
    }
}
