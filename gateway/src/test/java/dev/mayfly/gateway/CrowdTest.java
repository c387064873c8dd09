package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Crowd<String, Integer> crowd =
            new Crowd<>(
                    registry,
                    2,
                    (name, binder) ->
                            binder.gauge("height", "", "", latest -> latest.value(), "of", name));

    @Test
    @Tag("limit:metrics.functions")
    @Tag("limit:Meters.MOST_ROUTES")
    void noMoreThanTheMostHaveMetersAndThoseThatWereFirstKeepThem() {
        crowd.refresh(inOrder("a", 1, "b", 2, "c", 3));
        assertThat(crowd.listed()).isEqualTo(Map.of("a", 1, "b", 2));
        crowd.refresh(inOrder("c", 3, "a", 4, "b", 5));
        assertThat(crowd.listed()).isEqualTo(Map.of("a", 4, "b", 5));
        assertThat(registry.getMeters()).hasSize(2);
    }

    @Test
    void whoIsGoneLeavesNoMeterAndMakesRoom() {
        crowd.refresh(inOrder("a", 1, "b", 2, "c", 3));
        crowd.refresh(inOrder("b", 2, "c", 3));
        assertThat(crowd.listed()).isEqualTo(Map.of("b", 2, "c", 3));
        crowd.refresh(Map.of());
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aMeterTellsTheLatestValue() {
        crowd.refresh(Map.of("a", 1));
        crowd.refresh(Map.of("a", 7));
        assertThat(registry.get("height").tag("of", "a").gauge().value()).isEqualTo(7);
    }

    private static Map<String, Integer> inOrder(Object... pairs) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (Integer) pairs[i + 1]);
        }
        return map;
    }
}
