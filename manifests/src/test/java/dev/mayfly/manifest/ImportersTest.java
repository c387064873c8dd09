package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImportersTest {
    private static final String MODULES =
            """
            [[module]]
            route = "/"
            module = "hello.wasm"
            [[module]]
            route = "/again/..."
            module = "hello.wasm"
            [[module]]
            route = "/other"
            module = "hello.wasm"
            entrypoint = "other"
            volumes = { "/data" = "assets" }
            """;

    @Test
    void aModulesFileBecomesAnApp() {
        Imported imported = Samples.valid(Manifests.importWagi(MODULES, "shop"));
        assertThat(imported.toml())
                .isEqualTo(
                        """
                        manifest_version = 1

                        [app]
                        name = "shop"

                        [[trigger.http]]
                        route = "/"
                        function = "hello"

                        [[trigger.http]]
                        route = "/again/..."
                        function = "hello"

                        [[trigger.http]]
                        route = "/other"
                        function = "hello-2"

                        [function.hello]
                        source = "hello.wasm"

                        [function.hello-2]
                        source = "hello.wasm"
                        entrypoint = "other"
                        files = [{ source = "assets", destination = "/data" }]
                        """);
        assertThat(imported.notCarriedOver()).containsExactly("Volumes are read-only here.");
    }

    @Test
    void whatAModulesFileHasAndWeHaveNotIsListed() {
        Imported imported =
                Samples.valid(
                        Manifests.importWagi(Samples.resource("corpus/modules.toml"), "My Shop"));
        assertThat(imported.notCarriedOver())
                .containsExactly(
                        "The app is named my-shop: \"My Shop\" is no app's name here.",
                        "default_host is left out: a request without a host matches any route.",
                        "Relative paths are kept: WAGI reads them from the folder it was started"
                                + " in, here they start at app.toml.",
                        "http_max_concurrency of the route \"/text/...\" is left out.",
                        "\"/srv/hello.wat\" is text: build \"/srv/hello.wat.wasm\" from it with"
                                + " wat2wasm.",
                        "\"/srv/hello.wat.wasm\" is outside the app's folder: copy it to"
                                + " \"hello.wat.wasm\" beside app.toml.",
                        "The environment variable \"PATH_INFO\" of the route \"/text/...\" is left"
                                + " out: it is not a name for an environment variable (every request"
                                + " sets it).",
                        "The volume \"/abs\" of the route \"/text/...\" is left out: it is not a"
                                + " path inside the app's folder (it is absolute).",
                        "The volume \"rel\" of the route \"/text/...\" is left out: it is not a"
                                + " path the guest sees (expected: an absolute path without .., as in"
                                + " \"/assets\").",
                        "Volumes are read-only here.",
                        "The allowed host \"api.example.com\" of the route \"/text/...\" is left"
                                + " out: it is not an outbound host (it has no scheme).",
                        "WAGI's own interface for outbound HTTP (wasi_experimental_http) is not"
                                + " served: modules that import it are refused.",
                        "bindle_server of the route \"/bindle\" is left out: Bindle is not served.",
                        "\"bindle:example.com/foo/1.2.3\" is in a registry: fetch it and save it"
                                + " as \"foo.wasm\" beside app.toml.");
    }

    @Test
    void twoModulesNeverBecomeOne() {
        StringBuilder modules = new StringBuilder();
        for (String module : List.of("/x/a.wasm", "/y/a.wasm", "a.wasm", "a.wat", "oci:z/a:1")) {
            modules.append(
                    "[[module]]\nroute = \"/%d\"\nmodule = \"%s\"\n"
                            .formatted(modules.length(), module));
        }
        Imported imported = Samples.valid(Manifests.importWagi(modules.toString(), "x"));
        assertThat(Samples.valid(imported.toml()).functions().values())
                .extracting(FunctionSpec::source)
                .containsExactly(
                        new FunctionSpec.Source.File("2-a.wasm"),
                        new FunctionSpec.Source.File("3-a.wasm"),
                        new FunctionSpec.Source.File("a.wasm"),
                        new FunctionSpec.Source.File("a.wat.wasm"),
                        new FunctionSpec.Source.File("4-a.wasm"));
    }

    @Test
    void aRouteThatIsTakenIsListedAndLeftOut() {
        String module = "[[module]]\nroute = \"/a\"\nmodule = \"%s.wasm\"\n";
        String modules = module.formatted("one") + module.formatted("two");
        Imported imported = Samples.valid(Manifests.importWagi(modules, "x"));
        assertThat(imported.notCarriedOver())
                .containsExactly(
                        "The route \"/a\" is left out: an earlier route takes the same requests.");
        assertThat(Samples.valid(imported.toml()).http()).hasSize(1);
    }

    @Test
    void aModulesFileWithoutModulesIsNone() {
        assertThat(Samples.lines(Samples.problems(Manifests.importWagi("a = 1\n", "x"))))
                .containsExactly(
                        "app.toml:1:1 module: is missing (expected: a list of modules,"
                                + " [[module]]) — is this a modules.toml?");
    }

    @Test
    void everyProblemOfAModulesFileIsReported() {
        String modules = "[[module]]\nroute = 5\n[[module]]\nmodule = \"a\"\n";
        assertThat(Samples.problems(Manifests.importWagi(modules, "x")))
                .extracting(Problem::key)
                .containsExactly("module[0].module", "module[0].route", "module[1].route");
    }

    @Test
    void aSpinFileBecomesAnApp() {
        Imported imported =
                Samples.valid(Manifests.importSpin(Samples.resource("corpus/spin.toml")));
        assertThat(imported.toml()).isEqualTo(Samples.resource("corpus/spin-imported.toml"));
    }

    @Test
    void whatASpinFileHasAndWeHaveNotIsListed() {
        Imported imported =
                Samples.valid(Manifests.importSpin(Samples.resource("corpus/spin.toml")));
        assertThat(String.join("\n", imported.notCarriedOver()) + "\n")
                .isEqualTo(Samples.resource("corpus/spin-notes.txt"));
    }

    @Test
    void aSpinFileOfAnotherVersionIsRefused() {
        assertThat(Samples.lines(Samples.problems(Manifests.importSpin("spin_version = \"1\"\n"))))
                .contains(
                        "app.toml:1:1 spin_manifest_version: is missing (expected: 2) —"
                                + " bring the file to version 2 first");
    }

    @Test
    void aSpinTriggerNeedsAComponentOfTheFile() {
        String spin =
                """
                spin_manifest_version = 2
                [application]
                name = "a"
                [[trigger.http]]
                route = "/a"
                component = "gone"
                [[trigger.http]]
                route = "/b"
                """;
        assertThat(Samples.problems(Manifests.importSpin(spin)))
                .extracting(Problem::key)
                .isEqualTo(List.of("trigger.http[0].component", "trigger.http[1]"));
    }

    @Test
    void aSyntaxErrorIsReportedWithItsPlace() {
        assertThat(Samples.problems(Manifests.importSpin("a = \n")))
                .extracting(Problem::line)
                .containsExactly(1);
    }
}
