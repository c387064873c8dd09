package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A gateway in a process of its own, real guests, the real driver. */
class HostedGatewayIT {
    @Test
    void everyVariantAnswersWithItsOwnWord() throws Exception {
        Variants variants = new Variants(Guests.module("hello-c"), "hello");
        try (HostedGateway gateway = HostedGateway.start("-Xmx512m", Map.of())) {
            List<String> apps = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                gateway.module(i + ".wasm", variants.variant(i));
                apps.add(Apps.function("app-" + i, i + ".wasm"));
            }
            gateway.deploy(apps);
            try (Wire wire = new Wire(gateway.port())) {
                for (int i = 0; i < 3; i++) {
                    Answer answer = wire.ask(Wire.get("app-" + i + ".test", "/x"));
                    assertThat(answer.text())
                            .isEqualTo(Variants.word(i) + " GET /x from 127.0.0.1\n");
                }
            }
        }
    }

    @Test
    void fleetsGoColdByThemselvesAndComeBack() throws Exception {
        try (HostedGateway gateway = HostedGateway.start("-Xmx1g", Map.of())) {
            for (Kind kind : Kind.values()) {
                Fleet fleet = new Fleet(kind.guest(), kind, 4, 0, 2);
                gateway.deploy(fleet.prepare(gateway, Tiers.BRIEF));
                Tiers.awaitCold(gateway);
                gateway.driver().each(2, fleet.apps(), fleet::ask).flawless();
            }
            Tiers.awaitCold(gateway);
            assertThat(gateway.tell("loaders").get("loaders")).isZero();
            assertThat(gateway.tell("vitals").get("cold")).isEqualTo(12);
        }
    }

    @Test
    void theGuestReckonsWhatTheDriverExpects() throws Exception {
        try (HostedGateway gateway = HostedGateway.start("-Xmx512m", Map.of())) {
            gateway.module("work.wasm", Workload.variants().variant(9));
            gateway.deploy(List.of(Apps.function("work", "work.wasm")));
            try (Wire wire = new Wire(gateway.port())) {
                for (int length : new int[] {0, 1, 65_536, 200_000}) {
                    Work work = new Work(length, 7, "x".repeat(length).getBytes(ISO_8859_1));
                    Answer answer = wire.ask(work.ask("work.test").request());
                    assertThat(answer.text()).isEqualTo("v0009 " + work.digits() + "\n");
                }
            }
        }
    }

    @Test
    void aReleaseSaysItsNumberTwice() throws Exception {
        Succession succession = new Succession(1);
        Witness.Findings findings = new Witness.Findings();
        try (HostedGateway gateway = HostedGateway.start("-Xmx512m", Map.of())) {
            for (int word = 0; word < 3; word++) {
                gateway.module(Releases.FILE, Releases.module(word));
                gateway.deploy(List.of(Releases.manifest(word)));
                int step = succession.next(word);
                try (Wire wire = new Wire(gateway.port())) {
                    new Witness(
                                    gateway.port(),
                                    succession.new Observer(0),
                                    findings,
                                    new CountDownLatch(1))
                            .judge(wire.ask(Wire.get("releases.test", "/")));
                }
                succession.awaitEverywhere(step, Duration.ofMillis(1));
            }
        }
        assertThat(findings.complaints).isEmpty();
    }

    @Test
    void itTellsOfItselfAndSaysWhatIsWrong() throws Exception {
        try (HostedGateway gateway = HostedGateway.start("-Xmx512m", Map.of())) {
            assertThat(gateway.tell("collect").get("heap")).isPositive();
            assertThat(gateway.tell("vitals").get("fds")).isPositive();
            assertThat(gateway.tell("loaders").get("loaders")).isZero();
            gateway.module("hello.wasm", Guests.module("hello-c"));
            gateway.deploy(List.of(Apps.function("a", "hello.wasm"), Apps.still("b", "still")));
            assertThat(gateway.tell("loaders").get("loaders")).isEqualTo(1);
            assertThatThrownBy(() -> gateway.deploy(List.of(Apps.function("c", "absent.wasm"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("absent.wasm");
            assertThatThrownBy(() -> gateway.tell("dance")).hasMessageContaining("dance");
        }
    }
}
