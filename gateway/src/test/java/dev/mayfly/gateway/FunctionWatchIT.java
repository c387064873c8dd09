package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of real guests by who looks again and again. */
class FunctionWatchIT {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir Path folder;
    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void serve() {
        gateway = Gateway.open(PlayedServer.settings(folder));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c").with("hello-c");
        deploy(
                files.app(
                        "shop",
                        AppFolder.function("/shop/...", "echo-c")
                                + AppFolder.function("/shop/hello", "hello-c")));
        deploy(files.app("blog", AppFolder.function("/blog", "hello-c")));
        client = new RawClient(((Binding.Bound) gateway.listen()).address().port());
    }

    private void deploy(AppSource app) {
        assertThat(gateway.deploy(app)).isInstanceOf(DeployResult.Deployed.class);
    }

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    private static List<String> names(FunctionsNow now) {
        return now.functions().stream()
                .map(each -> each.row().app() + "/" + each.row().function())
                .toList();
    }

    @Test
    void functionsThatDidNothingAreThereTooAndThoseThatRunComeFirst() {
        assertThat(names(gateway.watch().look(_ -> true, 10)))
                .containsExactly("blog/hello-c", "shop/echo-c", "shop/hello-c");
        for (int i = 0; i < 5; i++) {
            client.send(GET.formatted("/shop/x?text=.END")).readUntil("END");
        }
        Awaitility.await()
                .untilAsserted(() -> {
                    FunctionsNow now = gateway.watch().look(_ -> true, 10);
                    assertThat(names(now).getFirst()).isEqualTo("shop/echo-c");
                    FunctionNow first = now.functions().getFirst();
                    assertThat(first.lately().runs()).isEqualTo(5);
                    assertThat(first.lately().p99()).isPresent();
                    assertThat(first.row().tier()).isEqualTo("hot");
                });
    }

    @Test
    void noMoreAreToldThanAreWantedAndNoneOfOtherApps() {
        FunctionsNow one = gateway.watch().look("shop"::equals, 1);
        assertThat(names(one)).containsExactly("shop/echo-c");
        assertThat(one.more()).isEqualTo(1);
        assertThat(names(gateway.watch().look("blog"::equals, 1))).containsExactly("blog/hello-c");
    }

    @Test
    void aRunThatFailedCountsAsOne() {
        gateway.watch().look(_ -> true, 10);
        client.send(GET.formatted("/shop/x?exit=3&nothing")).readUntil("\"}");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(
                                        gateway.watch()
                                                .look("shop"::equals, 1)
                                                .functions()
                                                .getFirst()
                                                .lately()
                                                .failures())
                                .isEqualTo(1));
    }
}
