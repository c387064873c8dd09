package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateCommandTest {
    private static final String VALID =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [[trigger.http]]
            route = "/..."
            function = "hello"
            [[trigger.http]]
            route = "/assets/..."
            files = { source = "public" }
            [function.hello]
            source = "hello.wasm"
            files = [ { source = "assets", destination = "/assets" } ]
            """;

    @TempDir Path folder;

    @Test
    void aValidAppIsCalledValidAndItsPartsAreCounted() throws IOException {
        write("app.toml", VALID);
        write("hello.wasm", "");
        Files.createDirectories(folder.resolve("assets"));
        Files.createDirectories(folder.resolve("public"));
        Typed validate = Typed.in(folder, "validate");

        assertThat(validate.err()).isEmpty();
        assertThat(validate.exit()).isZero();
        assertThat(validate.out()).isEqualTo("app.toml is valid: 1 function, 2 HTTP routes\n");
    }

    @Test
    void everyProblemIsListedWithItsPlaceItsKeyAndItsMend() throws IOException {
        write(
                "shop/app.toml",
                """
                manifest_version = 1
                [app]
                name = "A Shop"
                [[trigger.http]]
                route = "/..."
                function = "nobody"
                [function.hello]
                sorce = "hello.wasm"
                """);
        Typed validate = Typed.in(folder, "validate", "shop");

        assertThat(validate.exit()).isEqualTo(3);
        assertThat(validate.out()).isEmpty();
        assertThat(validate.err())
                .contains("shop/app.toml:3:1: app.name: \"A Shop\"")
                .contains("shop/app.toml:6:1: trigger.http[0].function: \"nobody\"")
                .contains("shop/app.toml:8:1: function.hello.sorce: ", "source?")
                .containsPattern("\\d problems in shop/app.toml\n$");
    }

    @Test
    void filesThatAreNotThereAreProblemsOfTheKeysThatNameThem() throws IOException {
        write("app.toml", VALID);
        Typed validate = Typed.in(folder, "validate", "app.toml");

        assertThat(validate.exit()).isEqualTo(3);
        assertThat(validate.err())
                .contains("app.toml:11:1: function.hello.source: there is no file ")
                .contains("app.toml:12:")
                .contains("function.hello.files[0].source: there is no folder ")
                .contains("trigger.http[1].files.source: there is no folder ")
                .endsWith("3 problems in app.toml\n");
    }

    @Test
    void aKeyThatIsNotServedYetIsNotedButValid() throws IOException {
        write("hello.wasm", "");
        write(
                "app.toml",
                """
                manifest_version = 1
                [app]
                name = "shop"
                [[trigger.kafka]]
                topics = ["orders"]
                function = "hello"
                [function.hello]
                source = "hello.wasm"
                key_value_stores = ["orders"]
                """);
        Typed validate = Typed.in(folder, "validate");

        assertThat(validate.exit()).isZero();
        assertThat(validate.err()).startsWith("note: function.hello.key_value_stores");
        assertThat(validate.err().lines()).hasSize(1);
        assertThat(validate.out()).contains("1 Kafka trigger");
    }

    @Test
    void withoutAnAppItSaysWhereItLookedAndWhatToName() {
        Typed validate = Typed.in(folder, "validate");

        assertThat(validate.exit()).isEqualTo(2);
        assertThat(validate.err())
                .startsWith("mayfly validate: no app.toml in " + folder)
                .contains("a folder with an app.toml");
    }

    @Test
    void aPathThatIsNotThereIsNamed() {
        assertThat(Typed.in(folder, "validate", "shop.toml").err())
                .startsWith("mayfly validate: shop.toml: no such file or folder");
    }

    @Test
    void aModuleIsSentToInspect() throws IOException {
        Files.write(folder.resolve("hello"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        Typed validate = Typed.in(folder, "validate", "hello");

        assertThat(validate.exit()).isEqualTo(2);
        assertThat(validate.err()).contains("hello is a module", "mayfly inspect");
    }

    @Test
    void bytesThatAreNoTextAreAProblemOfTheFile() throws IOException {
        Files.write(folder.resolve("app.toml"), new byte[] {'a', (byte) 0xc3, '('});
        Typed validate = Typed.in(folder, "validate");

        assertThat(validate.exit()).isEqualTo(3);
        assertThat(validate.err()).contains("app.toml: not UTF-8 text", "save it as UTF-8");
    }

    @Test
    void noFileWhateverGetsAStackTrace() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] broken = VALID.getBytes(StandardCharsets.UTF_8);
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            Files.write(folder.resolve("app.toml"), broken);
            Typed validate = Typed.in(folder, "validate");

            assertThat(validate.exit()).as("seed %d, case %d", seed, i).isEqualTo(3);
            assertThat(validate.err())
                    .as("seed %d, case %d", seed, i)
                    .doesNotContain("Exception", "\tat ", "a fault of mayfly");
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
