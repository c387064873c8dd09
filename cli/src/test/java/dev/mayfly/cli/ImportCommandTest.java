package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportCommandTest {
    private static final String WAGI =
            """
            [[module]]
            route = "/..."
            module = "hello.wasm"
            """;

    private static final String SPIN =
            """
            spin_manifest_version = 2
            [application]
            name = "greeter"
            version = "1.0.0"
            [[trigger.http]]
            route = "/hello/..."
            component = "hello"
            executor = { type = "wagi" }
            [component.hello]
            source = "hello.wasm"
            """;

    @TempDir Path temp;
    private Path folder;

    @BeforeEach
    void aFolderWithBoth() throws IOException {
        folder = Files.createDirectories(temp.resolve("My Shop"));
        Files.writeString(folder.resolve("modules.toml"), WAGI);
        Files.writeString(folder.resolve("spin.toml"), SPIN);
        Files.writeString(folder.resolve("hello.wasm"), "");
    }

    @Test
    void wagisModulesBecomeAnAppNamedAfterItsFolder() throws IOException {
        Typed imported = Typed.in(folder, "import", "modules.toml");

        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(imported.out()).isEqualTo("wrote app.toml\n");
        assertThat(Files.readString(folder.resolve("app.toml"))).contains("name = \"my-shop\"");
        assertThat(Typed.in(folder, "validate").exit()).isZero();
    }

    @Test
    void theAppsNameCanBeGiven() {
        assertThat(Typed.in(folder, "import", "modules.toml", "--name", "toys", "-o", "-").out())
                .contains("name = \"toys\"");
    }

    @Test
    void spinsManifestBecomesAnApp() throws IOException {
        Typed imported = Typed.in(folder, "import", "spin.toml");

        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(Files.readString(folder.resolve("app.toml"))).contains("name = \"greeter\"");
        assertThat(Typed.in(folder, "validate").exit()).isZero();
    }

    @Test
    void theKindIsToldByTheContentNotByTheName() throws IOException {
        Files.writeString(folder.resolve("old.txt"), SPIN);

        assertThat(Typed.in(folder, "import", "old.txt", "-o", "-").out()).contains("greeter");
    }

    @Test
    void aFileThatIsThereIsKeptUnlessForced() throws IOException {
        Files.writeString(folder.resolve("app.toml"), "mine");
        Typed refused = Typed.in(folder, "import", "modules.toml");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("app.toml is already there", "--force", "-o FILE");
        assertThat(Files.readString(folder.resolve("app.toml"))).isEqualTo("mine");

        assertThat(Typed.in(folder, "import", "modules.toml", "--force").exit()).isZero();
        assertThat(Files.readString(folder.resolve("app.toml"))).contains("my-shop");
    }

    @Test
    void theResultGoesBesideItsSourceWhereItsPathsHold() {
        assertThat(Typed.in(temp, "import", "My Shop/modules.toml").exit()).isZero();
        assertThat(folder.resolve("app.toml")).exists();
    }

    @Test
    void whatCouldNotBeCarriedOverIsListed() throws IOException {
        Files.writeString(folder.resolve("modules.toml"), WAGI + "http_max_concurrency = 3\n");
        Typed imported = Typed.in(folder, "import", "modules.toml");

        assertThat(imported.exit()).isZero();
        assertThat(imported.err())
                .startsWith("not carried over: ")
                .contains("http_max_concurrency");
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithWhatWasExpected() throws IOException {
        Files.writeString(folder.resolve("Cargo.toml"), "[package]\n");
        Typed refused = Typed.in(folder, "import", "Cargo.toml");

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("Cargo.toml is neither", "[[module]]", "spin_manifest");
    }

    @Test
    void everyProblemOfTheSourceIsListed() throws IOException {
        Files.writeString(folder.resolve("modules.toml"), "[[module]]\nroute = [\n");
        Typed refused = Typed.in(folder, "import", "modules.toml");

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("modules.toml:").containsPattern("problems? in ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Typed refused = Typed.in(folder, "import", "nothing.toml");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("nothing.toml: no such file")
                .doesNotContain("Exception");
    }
}
