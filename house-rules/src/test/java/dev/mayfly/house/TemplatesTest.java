package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every template has, as far as it can be seen without running it. */
final class TemplatesTest {
    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateShowsWhatEveryTemplateShows(String template) {
        assertThat(Templates.cases(template)).contains(Templates.mustShow(template));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateHasWhatEveryTemplateHas(String template) throws IOException {
        Path folder = Templates.FOLDER.resolve(template);
        assertThat(folder.resolve("README.md")).isRegularFile();
        assertThat(folder.resolve("build")).isExecutable();
        assertThat(folder.resolve(".gitignore")).content().contains(".mayfly/build.json");
        String manifest = Files.readString(folder.resolve("app.toml"));
        assertThat(manifest)
                .startsWith("#:schema ../../docs/app.schema.json\n")
                .contains("\nname = \"hello-" + template + "\"\n")
                .contains("\ndescription = ");
        if (manifest.contains("\n[function.")) {
            assertThat(manifest).contains(".build]\ncommand = \"./build\"\nwatch = [");
        }
    }

    @Test
    void whatIsCompressedBeforehandIsTheFileBesideIt() throws IOException {
        List<Path> compressed =
                Repository.files(Templates.FOLDER.resolve("static-site")).stream()
                        .filter(file -> file.toString().endsWith(".gz"))
                        .toList();
        assertThat(compressed).isNotEmpty();
        for (Path file : compressed) {
            String plain = file.toString().replaceFirst("\\.gz$", "");
            try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
                assertThat(bytes.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of(plain)));
            }
            assertThat(Path.of(plain + ".br")).isRegularFile();
        }
    }

    static List<String> templates() {
        return Templates.names(List.of());
    }
}
