package dev.mayfly.http;

import static dev.mayfly.http.TestHead.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.RoutePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostilePathTest {
    @TempDir private Path folder;

    @Test
    void noPathLeadsOutOfTheFolder() throws Exception {
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Path open = Files.createDirectories(folder.resolve("public/a/b"));
        Files.writeString(open.resolve("c.txt"), "open");
        Files.writeString(folder.resolve("public/.env"), "secret");
        Files.createSymbolicLink(open.resolve("up"), folder);
        HttpTrigger trigger =
                TestApp.of("[[trigger.http]]\nroute = \"/...\"\nfiles = { source = \"public\" }\n")
                        .in(folder)
                        .trigger();
        Fuzz.check(
                "file-paths",
                (target, _) -> {
                    TestExchange exchange = new TestExchange(get(target));
                    trigger.handle(exchange);
                    assertThat(exchange.await().status()).isIn(200, 301, 400, 404);
                    assertThat(exchange.text()).doesNotContain("secret");
                });
    }

    @Test
    void everyPatternThatCanBeReadMatchesAPathOfItsOwn() throws IOException {
        Fuzz.check(
                "patterns",
                (text, _) -> {
                    if (RoutePattern.read(text)
                            instanceof Parsed.Valid<RoutePattern>(RoutePattern pattern)) {
                        RouteNote note = new RouteNote("app", 0, text, Optional.empty());
                        Route route =
                                new Route(pattern, List.of(), false, note, new MissingFunction());
                        PathTree tree = new PathTree();
                        tree.add(route);
                        String path = Rehearsals.path(pattern);
                        assertThat(RequestTarget.flaw(path)).isEmpty();
                        assertThat(tree.find(path, "GET")).isSameAs(route);
                    }
                });
    }
}
