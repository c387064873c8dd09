package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in templates, and what becomes of one. */
final class NewCommandTest {
    @TempDir Path folder;

    @Test
    void theListHasALineForEachBuiltInTemplate() throws IOException {
        Typed list = Typed.in(folder, "new", "--list");

        assertThat(list.exit()).isZero();
        for (String name : builtIn()) {
            String description = new PackedTemplates().open(name).description();
            assertThat(description).as(name).isNotBlank();
            assertThat(list.out()).containsPattern("(?m)^" + name + " +\\Q" + description + "\\E$");
        }
    }

    @Test
    void whereNobodyCanBeAskedNoArgumentsMeanTheList() {
        assertThat(Typed.in(folder, "new")).isEqualTo(Typed.in(folder, "new", "--list"));
    }

    @Test
    void programsGetTheListAsJson() throws IOException {
        Typed list = Typed.in(folder, "new", "--list", "--output", "json");

        assertThat(Wire.read(list.out().getBytes(StandardCharsets.UTF_8)).findValuesAsText("name"))
                .containsExactlyElementsOf(builtIn());
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everyBuiltInTemplateBecomesAnAppThatIsValid(String template) throws IOException {
        Typed made = Typed.in(folder, "new", template, "shop");
        Path app = folder.resolve("shop");

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(Files.readString(app.resolve("app.toml")))
                .startsWith("#:schema .mayfly/app.schema.json\n")
                .contains("name = \"shop\"");
        assertThat(app.resolve(".mayfly/app.schema.json")).isRegularFile();
        assertThat(Typed.in(app, "validate").exit()).isIn(0, 3);
        new PackedTemplates()
                .open(template)
                .files()
                .forEach((path, file) -> {
                    assertThat(app.resolve(path)).isRegularFile();
                    assertThat(Files.isExecutable(app.resolve(path)))
                            .as(path)
                            .isEqualTo(file.executable());
                });
    }

    @Test
    void itEndsWithTheNextTwoCommands() {
        assertThat(Typed.in(folder, "new", "c", "shop").out())
                .startsWith("made the app shop of the template c: ")
                .endsWith("next:\n  cd shop\n  mayfly up\n");
        assertThat(Typed.in(folder, "new", "kafka-consumer", "--into", "my bills").out())
                .endsWith("next:\n  cd 'my bills'\n  mayfly up --kafka embedded\n");
        assertThat(Typed.in(folder, "new", "rust", "--into", ".").out())
                .endsWith("next:\n  mayfly up\n  mayfly test\n");
    }

    @Test
    void programsAreToldWhatWasMadeAsJson() throws IOException {
        Typed made = Typed.in(folder, "new", "c", "shop", "-o", "json");

        assertThat(Wire.read(made.out().getBytes(StandardCharsets.UTF_8)).path("app").asText())
                .isEqualTo("shop");
        assertThat(
                        Wire.read(made.out().getBytes(StandardCharsets.UTF_8))
                                .path("next")
                                .get(0)
                                .asText())
                .isEqualTo("cd shop");
    }

    @Test
    void onATerminalItAsksForWhatIsMissing() {
        Answers answers = new Answers("basic", "rust", "My Shop", "shop");
        Typed made = Typed.in(folder, Map.of(), false, answers, "new");

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(answers.questions())
                .containsExactly(
                        "Template: ",
                        "Template: ",
                        "Name of the app [hello-rust]: ",
                        "Name of the app [hello-rust]: ");
        assertThat(made.err()).contains("\"basic\"", "there are ", "My Shop", "a-z, 0-9 and -");
        assertThat(folder.resolve("shop/app.toml")).isRegularFile();
    }

    @Test
    void anEmptyAnswerMeansTheNameInBrackets() {
        Typed made = Typed.in(folder, Map.of(), false, new Answers(), "new", "rust");

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(folder.resolve("hello-rust/app.toml")).isRegularFile();
    }

    @Test
    void withoutANameTheFolderGivesIt() throws IOException {
        assertThat(Typed.in(folder, "new", "c", "--into", "My Shop").exit()).isZero();
        assertThat(Files.readString(folder.resolve("My Shop/app.toml")))
                .contains("name = \"my-shop\"");
    }

    @Test
    void filesThatAreThereStayAndAreNamed() throws IOException {
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(folder.resolve("shop/README.md"), "mine");
        Map<String, String> before = FolderContents.of(folder);

        Typed asName = Typed.in(folder, "new", "c", "shop");
        assertThat(asName.exit()).isEqualTo(1);
        assertThat(asName.err()).contains("shop is there already", "--into shop", "--force");

        Typed asFolder = Typed.in(folder, "new", "c", "--into", "shop");
        assertThat(asFolder.exit()).isEqualTo(1);
        assertThat(asFolder.err()).contains("shop/README.md is there already", "--force");

        assertThat(FolderContents.of(folder)).isEqualTo(before);
    }

    @Test
    void withForceFilesAreReplacedAndOthersStay() throws IOException {
        Files.createDirectories(folder.resolve("shop/src"));
        Files.writeString(folder.resolve("shop/README.md"), "mine");
        Files.writeString(folder.resolve("shop/src/notes"), "mine too");

        Typed made = Typed.in(folder, "new", "rust", "shop", "--force");

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(folder.resolve("shop/README.md")).content().isNotEqualTo("mine");
        assertThat(folder.resolve("shop/src/notes")).content().isEqualTo("mine too");
        assertThat(folder.resolve("shop/src/main.rs")).isNotEmptyFile();
        assertThat(folder.resolve("shop")).isDirectoryNotContaining("glob:**/.mayfly-new-*");
    }

    @Test
    void aFolderWithOtherFilesIsWrittenIntoWhereItIsNamed() throws IOException {
        Files.writeString(folder.resolve("LICENSE"), "mine");

        assertThat(Typed.in(folder, "new", "c", "shop", "--into", ".").exit()).isZero();
        assertThat(folder.resolve("LICENSE")).content().isEqualTo("mine");
        assertThat(folder.resolve("app.toml")).content().contains("name = \"shop\"");
    }

    static Iterable<String> builtIn() {
        return new PackedTemplates().names();
    }
}
