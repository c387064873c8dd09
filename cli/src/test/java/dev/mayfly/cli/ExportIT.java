package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportIT {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"copy.zip", "copy"})
    void allOfAServerComesToAnother(String name) throws Exception {
        String copy = folder.resolve(name).toString();
        try (RunningServer from = RunningServer.start(folder.resolve("from"))) {
            fill(from);
            Typed export = from.mayfly("export", copy);
            assertThat(export.exit()).as(export.err()).isZero();
            assertThat(export.out())
                    .contains("shop: 2 revisions, without its secrets api_key", "exported 1 app");
        }
        try (RunningServer to = RunningServer.start(folder.resolve("to"))) {
            Typed first = to.mayfly("import", copy);
            Typed second = to.mayfly("import", copy);

            assertThat(first.exit()).as(first.err()).isZero();
            assertThat(first.out()).contains("shop: 1=90 2=10", "imported 1 app");
            assertThat(first.err()).contains("mayfly secrets set api_key --app shop");
            assertThat(second.out()).isEqualTo(first.out());
            assertThat(second.err()).doesNotContain("uploading");
            assertThat(to.json("revisions", "--app", "shop").path("revisions")).hasSize(2);
            assertThat(to.get("/shop/?env").body()).contains("env GREETING=", "env KEY=none\n");
        }
    }

    @Test
    void whatIsInTheWayIsLeftAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("copy.zip"), "mine");
        Files.writeString(Files.createDirectory(folder.resolve("copy")).resolve("a"), "mine");

        for (String name : new String[] {"copy.zip", "copy"}) {
            Typed export = Typed.in(folder, "export", name);
            assertThat(export.exit()).isEqualTo(1);
            assertThat(export.err()).contains(name + " is already there");
        }
        assertThat(file).hasContent("mine");
    }

    private static void fill(RunningServer server) throws Exception {
        Path app = server.app("shop", "/shop/...", "");
        server.mayfly("deploy", app.toString());
        Path manifest = app.resolve("app.toml");
        Files.writeString(manifest, Files.readString(manifest).replace("\"hello\"", "\"servus\""));
        server.mayfly("deploy", app.toString());
        server.mayfly("traffic", "set", "1=90", "2=10", "--app", "shop");
        server.mayfly(new Piped("opensesame"), "secrets", "set", "api_key", "--app", "shop");
    }
}
