package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void listsAndObjectsAreIndented() {
        assertThat(Json.text(Map.of("a", List.of(1, true, "x"))))
                .isEqualTo("{\n  \"a\": [\n    1,\n    true,\n    \"x\"\n  ]\n}");
    }

    @Test
    void emptyOnesStayOnTheirLine() {
        assertThat(Json.text(List.of())).isEqualTo("[]");
        assertThat(Json.text(Map.of())).isEqualTo("{}");
    }

    @Test
    void whatJsonForbidsInTextIsEscaped() {
        assertThat(Json.text("\"\\\n\t\u0001\ud800é"))
                .isEqualTo("\"\\\"\\\\\\n\\t\\u0001\\ud800é\"");
    }
}
