package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many apps in one deploy. */
class BulkDeployIT {
    @TempDir Path folder;

    private Gateway open() {
        return Gateway.open(PlayedServer.settings(folder));
    }

    private AppSource app(String name, String guest) {
        String function = AppFolder.function("/...", guest);
        String hosts = "\nhosts = [\"" + name + ".test\"]\nfunction";
        return new AppFolder(folder.resolve("app"))
                .with("echo-c")
                .app(name, function.replaceFirst("\nfunction", hosts));
    }

    private static String ask(RawClient client, String host, String end) {
        return client.send("GET /?text=here HTTP/1.1\r\nHost: " + host + "\r\n\r\n").readUntil(end);
    }

    @Test
    void allAppsOfADeployAreServed() {
        try (Gateway gateway = open()) {
            List<AppSource> apps = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                apps.add(app("app-" + i, "echo-c"));
            }
            assertThat(gateway.deploy(apps))
                    .asInstanceOf(type(DeployResult.Deployed.class))
                    .satisfies(done -> assertThat(done.routes()).hasSize(30));
            int port = ((Binding.Bound) gateway.listen()).address().port();
            try (RawClient client = new RawClient(port)) {
                assertThat(ask(client, "app-0.test", "here")).startsWith("HTTP/1.1 200");
                assertThat(ask(client, "app-29.test", "here")).startsWith("HTTP/1.1 200");
                assertThat(ask(client, "app-30.test", "}")).startsWith("HTTP/1.1 404");
            }
        }
    }

    @Test
    void oneAppThatIsRefusedKeepsAllOut() {
        try (Gateway gateway = open()) {
            gateway.deploy(app("before", "echo-c"));
            assertThat(gateway.deploy(List.of(app("good", "echo-c"), app("bad", "absent"))))
                    .asInstanceOf(type(DeployResult.Refused.class))
                    .satisfies(refused -> assertThat(refused.problems()).hasSize(1));
            assertThat(gateway.routes()).extracting(RouteRow::app).containsExactly("before");
        }
    }

    @Test
    void anAppGivenTwiceIsRefusedByName() {
        try (Gateway gateway = open()) {
            assertThat(gateway.deploy(List.of(app("twin", "echo-c"), app("twin", "echo-c"))))
                    .asInstanceOf(type(DeployResult.Refused.class))
                    .satisfies(refused ->
                            assertThat(refused.problems().getFirst().message()).contains("twin"));
            assertThat(gateway.routes()).isEmpty();
        }
    }
}
