package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As much as a request or a guest can send of each kind, and a little more. */
class FloodsIT {
    private static final String LIMITS =
            "limits = { response_body = \"1MiB\", log_bytes = \"1KiB\" }";

    @TempDir Path folder;
    private Gateway gateway;
    private int port;
    private RawClient client;

    @BeforeEach
    void serve() {
        gateway = Gateway.open(PlayedServer.settings(folder));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        gateway.deploy(files.app(AppFolder.function("/...", "echo-c", LIMITS)));
        port = ((Binding.Bound) gateway.listen()).address().port();
        client = new RawClient(port);
    }

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    private String ask(String target, String lines) {
        String close = "Connection: close\r\n";
        return client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + close + lines + "\r\n")
                .readAll();
    }

    @Test
    @Tag("limit:function.limits.response_body")
    void standardOutputBreaksOffAtItsLimit() {
        String answer = ask("/?flush&text=begun&flush&sleep=50&body=100000000", "");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .hasSizeBetween(1 << 19, 2 << 20)
                .doesNotEndWith("0\r\n\r\n");
        await().until(() -> gateway.stats().running() == 0);
    }

    @Test
    @Tag("limit:function.limits.log_bytes")
    void standardErrorIsCutOffAndTheAnswerStands() {
        assertThat(ask("/?log=100000000&text=done", ""))
                .startsWith("HTTP/1.1 200")
                .contains("done"); // in one chunk, if writing the log took long
    }

    @Test
    @Tag("limit:Listener.MAX_HEADERS")
    void asManyFieldsAsFitBecomeVariablesAndOneMoreThanFitsIs431() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; fields.length() < (15 << 10); i++) {
            fields.append("f").append(i).append(":1\r\n");
        }
        assertThat(ask("/?env", fields.toString()))
                .startsWith("HTTP/1.1 200")
                .contains("HTTP_F999=1");
        try (RawClient next = new RawClient(port)) {
            next.send("GET / HTTP/1.1\r\nHost: x\r\n" + fields + fields + "\r\n");
            assertThat(next.readAll()).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    @Tag("limit:Listener.MAX_TARGET")
    void asManyArgumentsAsFitATargetArePassed() {
        String arguments = "&aaaaaaa".repeat(1_000);
        String answer = ask("/?args" + arguments, "");
        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(answer.replaceAll("\r\n[0-9a-f]+\r\n", ""))
                .contains("arg aaaaaaa\n".repeat(1_000));
    }
}
