package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppReaderTest {
    private static final String APP =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [variables]
            greeting = { default = "hello" }
            api_key = { required = true }
            [[trigger.http]]
            route = "/..."
            function = "hello"
            [function.hello]
            source = "hello.wasm"
            environment = { GREETING = "{{ greeting }}", KEY = "{{ api_key }}" }
            """;

    @TempDir Path folder;

    @Test
    void aVariableGivenByOptionBeatsTheEnvironmentBeatsTheDefault() throws IOException {
        Map<String, String> environment = Map.of("MAYFLY_VARIABLE_API_KEY", "from outside");

        assertThat(read(environment, Map.of(), Map.of()))
                .containsEntry("GREETING", "hello")
                .containsEntry("KEY", "from outside");
        assertThat(read(environment, Map.of("api_key", "typed", "greeting", "hi"), Map.of()))
                .containsEntry("GREETING", "hi")
                .containsEntry("KEY", "typed");
    }

    @Test
    void everyVariableWithoutAValueIsNamed() throws IOException {
        assertThat(problems(Map.of(), Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("api_key"));
    }

    @Test
    void aVariableThatIsNotDeclaredIsAProblem() throws IOException {
        assertThat(problems(Map.of("api_key", "k", "colour", "red"), Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("colour"));
    }

    @Test
    void environmentGivenAtTheStartIsSetOverTheFiles() throws IOException {
        assertThat(
                        read(
                                Map.of(),
                                Map.of("api_key", "k"),
                                Map.of("GREETING", "typed", "LOG", "debug")))
                .containsEntry("GREETING", "typed")
                .containsEntry("LOG", "debug")
                .containsEntry("KEY", "k");
    }

    @Test
    void environmentGivenAtTheStartObeysTheRulesOfTheFile() throws IOException {
        assertThat(problems(Map.of("api_key", "k"), Map.of("HTTP_HOST", "x"))).hasSize(1);
    }

    @Test
    void aModuleByItselfIsAnAppNamedAfterItsFile() throws IOException {
        AppReader reader = reader(Map.of(), Map.of(), Map.of());
        Path module = folder.resolve("My Module_2.wasm");
        Manifest manifest = valid(reader.read(new Location.BareModule(module)));

        assertThat(manifest.app().name()).isEqualTo("my-module-2");
        assertThat(manifest.http()).hasSize(1);
        assertThat(new FilesOnDisk(folder).modules(manifest)).containsExactly(module);
    }

    private Map<String, String> read(
            Map<String, String> environment,
            Map<String, String> variables,
            Map<String, String> functionEnvironment)
            throws IOException {
        AppReader reader = reader(environment, variables, functionEnvironment);
        Manifest manifest = valid(reader.read(app()));
        return Objects.requireNonNull(manifest.functions().get("hello")).environment();
    }

    private List<Problem> problems(
            Map<String, String> variables, Map<String, String> functionEnvironment)
            throws IOException {
        Parsed<Manifest> parsed = reader(Map.of(), variables, functionEnvironment).read(app());
        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        return ((Parsed.Invalid<Manifest>) parsed).problems();
    }

    private Location.Found app() throws IOException {
        return new Location.ManifestFile(Files.writeString(folder.resolve("app.toml"), APP));
    }

    private AppReader reader(
            Map<String, String> environment,
            Map<String, String> variables,
            Map<String, String> functionEnvironment) {
        PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
        return new AppReader(
                new Surroundings(
                        nowhere, nowhere, environment, folder, false, false, Piped.NOTHING),
                variables,
                functionEnvironment);
    }

    private static Manifest valid(Parsed<Manifest> parsed) {
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        return ((Parsed.Valid<Manifest>) parsed).value();
    }
}
