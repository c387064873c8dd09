package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked, and what is told. */
class TrafficTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindOfGuestHasVariants(Kind kind) {
        assertThat(kind.variants().variant(1)).isNotEqualTo(kind.variants().variant(2));
    }

    @Test
    void aFleetSpreadsItsDigestsOverItsApps() {
        Fleet fleet = new Fleet("app", Kind.C, 4, 10, 2);
        assertThat(fleet.ask(3).right().test(answer("v0011 GET / from 127.0.0.1\n"))).isTrue();
        assertThat(fleet.ask(3).right().test(answer("v0010 GET / from 127.0.0.1\n"))).isFalse();
        assertThat(fleet.ask(4).request()).isEqualTo(fleet.ask(0).request());
    }

    private static Answer answer(String body) {
        return new Answer(200, Map.of(), body.getBytes(US_ASCII));
    }

    @Test
    void anErrandIsTheSameForTheSameSeed() {
        for (long n = 0; n < 200; n++) {
            assertThat(new Errands(7).errand(n).request())
                    .isEqualTo(new Errands(7).errand(n).request());
        }
    }

    @Test
    void vitalsSurviveTheirLine() {
        Vitals vitals = new Vitals(Map.of("heap", 12L, "threads", 3L));
        assertThat(vitals.line()).isEqualTo("heap=12 threads=3");
        assertThat(Vitals.parse(vitals.line())).isEqualTo(vitals);
        assertThat(vitals.since(Vitals.parse("heap=10"), "heap")).isEqualTo(2);
        assertThatThrownBy(() -> vitals.get("none")).hasMessageContaining("heap");
    }
}
