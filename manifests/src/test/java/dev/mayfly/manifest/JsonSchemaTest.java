package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
    private static final Path PUBLISHED = Path.of("..", "docs", "app.schema.json");

    @Test
    void thePublishedSchemaIsCurrent() throws IOException {
        if (Boolean.getBoolean("mayfly.schema.write")) {
            Files.createDirectories(PUBLISHED.toAbsolutePath().getParent());
            Files.writeString(PUBLISHED, Manifests.jsonSchema());
        }
        assertThat(Files.readString(PUBLISHED))
                .as("write it anew with -Dmayfly.schema.write=true")
                .isEqualTo(Manifests.jsonSchema());
    }

    @Test
    void theFullExampleFitsTheSchema() {
        assertThat(Schemas.refusals(Samples.resource("examples/shop.toml"))).isEmpty();
    }

    @Test
    void everyTemplateFitsTheSchemaAndTheParser() throws IOException {
        List<Path> templates;
        try (Stream<Path> folders = Files.list(Path.of("..", "sdk-templates"))) {
            templates = folders.filter(Files::isDirectory).toList();
        }
        assertThat(templates).isNotEmpty();
        for (Path template : templates) {
            String toml = Files.readString(template.resolve("app.toml"));
            assertThat(Schemas.refusals(toml)).as("%s", template).isEmpty();
            assertThat(Samples.lines(Samples.problems(toml))).as("%s", template).isEmpty();
        }
    }

    @Test
    void whatTheSchemaRefusesTheParserRefusesToo() {
        String toml = Samples.hello("limits = { memory = \"64MB\" }\n");
        assertThat(Schemas.refusals(toml)).isNotEmpty();
        assertThat(Samples.problems(toml)).hasSize(1);
    }
}
