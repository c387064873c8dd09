package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mayfly.gateway.AppTraffic.Share;
import dev.mayfly.http.AppRoutes;
import dev.mayfly.http.AppSplit;
import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.RouteTable;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppTrafficTest {
    private static PreparedApp app(String name, long revision) {
        AppRoutes routes =
                new AppRoutes(
                        Manifests.bareModule(name, "x.wasm"), revision, Path.of("/none"), Map.of());
        return switch (HttpTrigger.table(List.of(AppSplit.whole(routes)))) {
            case Parsed.Valid<RouteTable>(RouteTable table) ->
                    new LoadedApp(routes, table, List.of());
            case Parsed.Invalid<RouteTable> invalid -> throw new AssertionError(invalid);
        };
    }

    @Test
    void sharesAreTheWholeOfOneAppEachRevisionOnce() {
        PreparedApp one = app("shop", 1);
        PreparedApp two = app("shop", 2);
        assertThat(AppTraffic.whole(one).shares()).containsExactly(new Share(one, 100));
        assertThat(new AppTraffic("shop", List.of(new Share(one, 1), new Share(two, 99))).shares())
                .hasSize(2);
        for (List<Share> wrong :
                List.of(
                        List.<Share>of(),
                        List.of(new Share(one, 99)),
                        List.of(new Share(one, 50), new Share(one, 50)),
                        List.of(new Share(one, 60), new Share(two, 60)),
                        List.of(new Share(one, 50), new Share(app("other", 2), 50)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AppTraffic("shop", wrong))
                    .withMessageContaining("expected: revisions of shop, each once");
        }
    }

    @Test
    void aShareIsAtLeastOnePercent() {
        PreparedApp one = app("shop", 1);
        for (int percent : new int[] {0, -1, 101}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Share(one, percent))
                    .withMessage("percent: %d (expected: 1 to 100)", percent);
        }
    }
}
