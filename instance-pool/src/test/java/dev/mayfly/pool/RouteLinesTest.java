package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many sub-routes a module may have; their forms are tested with real guests. */
class RouteLinesTest {
    @Test
    @Tag("limit:RouteLines.MOST")
    void moreLinesThanATableShouldHaveAreRefused() throws Exception {
        byte[] module = WasmBytes.command(WasmBytes.body());
        RouteLines lines = new RouteLines(new ModuleExports(ModuleReader.parse(module)));
        for (int i = 0; i < 1_000; i++) {
            lines.line("/" + i + " _start");
        }
        assertThat(problems(lines)).isEmpty();
        lines.line("/more _start");
        assertThat(problems(lines)).containsExactly("_routes: prints more than 1000 lines");
    }

    private static List<String> problems(RouteLines lines) {
        Findings findings = new Findings();
        assertThat(lines.entrances(findings)).isNotEmpty();
        return findings.problems();
    }
}
