package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rate limits on a real port, before real guests. */
class RateLimitIT {
    private static final String TWO_AN_HOUR =
            """
            [[trigger.http]]
            route = "/by-key"
            function = "echo-c"
            rate_limit = { requests = 2, per = "1h", by = "header:x-key" }
            [[trigger.http]]
            route = "/free"
            function = "echo-c"
            """;
    private static final String GET = "GET %s HTTP/1.1\r\nHost: x\r\nX-Key: %s\r\n\r\n";

    @TempDir Path folder;
    private Gateway gateway;
    private RawClient client;
    private AppSource app;

    @BeforeEach
    void serve() {
        gateway = Gateway.open(PlayedServer.settings(folder));
        app =
                new AppFolder(folder.resolve("app"))
                        .with("echo-c")
                        .app(TWO_AN_HOUR + AppFolder.function("/other", "echo-c"));
        deploy();
        client = new RawClient(((Binding.Bound) gateway.listen()).address().port());
    }

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    private void deploy() {
        assertThat(gateway.deploy(app)).isInstanceOf(DeployResult.Deployed.class);
    }

    private String get(String target, String key) {
        return client.send(GET.formatted(target + "?text=.END", key)).readUntil("END");
    }

    private String refused(String request) {
        return client.send(request).readUntil("\"}");
    }

    @Test
    @Tag("limit.rate")
    @Tag("limit:trigger.http.rate_limit")
    void aCallerAboveItsLimitGets429AndTheOthersAreServedOn() {
        assertThat(get("/by-key", "a"))
                .startsWith("HTTP/1.1 200")
                .contains("ratelimit-policy: \"route\";q=2;w=3600\r\n")
                .contains("ratelimit: \"route\";r=1;t=1800\r\n");
        assertThat(get("/by-key", "a")).contains("ratelimit: \"route\";r=0;t=1800\r\n");
        assertThat(refused(GET.formatted("/by-key", "a")))
                .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
                .contains("content-type: application/problem+json\r\n")
                .contains("retry-after: 1800\r\n", "ratelimit: \"route\";r=0;t=1800\r\n")
                .doesNotContain("connection: close");
        assertThat(get("/by-key", "b")).startsWith("HTTP/1.1 200");
        assertThat(get("/free", "a")).startsWith("HTTP/1.1 200").doesNotContain("ratelimit");
    }

    @Test
    @Tag("limit.rate")
    void aDeployGivesNobodyANewAllowance() {
        get("/by-key", "a");
        get("/by-key", "a");
        deploy();
        assertThat(refused(GET.formatted("/by-key", "a"))).startsWith("HTTP/1.1 429");
    }

    @Test
    @Tag("refused.early")
    void theBodyOfARefusedRequestIsNotAskedFor() {
        get("/by-key", "a");
        get("/by-key", "a");
        String post =
                "POST /by-key HTTP/1.1\r\nHost: x\r\nX-Key: a\r\nContent-Length: 1000\r\n"
                        + "Expect: 100-continue\r\n\r\n";
        assertThat(client.send(post).readAll())
                .startsWith("HTTP/1.1 429")
                .contains("connection: close\r\n");
        assertThat(gateway.stats().spoolFiles()).isZero();
    }
}
