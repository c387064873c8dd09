package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large a template may be that is anybody's. */
final class TemplateLimitsTest {
    @TempDir Path folder;
    private Path template;

    @BeforeEach
    void template() throws IOException {
        template = Files.createDirectory(folder.resolve("large"));
        Files.writeString(
                template.resolve("app.toml"), "manifest_version = 1\n[app]\nname = \"large\"\n");
    }

    private Typed made() {
        return Typed.in(folder, "new", "./large", "shop");
    }

    private void assertRefused(String why) {
        Typed refused = made();
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("large is no template", why, ".gitignore");
        assertThat(folder.resolve("shop")).doesNotExist();
    }

    @Test
    @Tag("limit:TemplateReader.MOST_FILES")
    void aTemplateOfTooManyFilesIsRefused() throws IOException {
        for (int i = 0; i < 1999; i++) {
            Files.createFile(template.resolve("f" + i));
        }
        assertThat(made().exit()).isZero();
        Folders.delete(folder.resolve("shop"));

        Files.createFile(template.resolve("one-more"));
        assertRefused("it holds more than 2000 files");
    }

    @Test
    @Tag("limit:TemplateReader.MOST_BYTES")
    void aTemplateOfTooManyBytesIsRefusedBeforeTheyAreRead() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(template.resolve("data").toFile(), "rw")) {
            sparse.setLength(64L << 20);
        }
        assertRefused("it holds more than 64 MiB");
    }

    @Test
    @Tag("limit:TemplateReader.DEEPEST")
    void aTemplateOfFoldersInFoldersIsRefused() throws IOException {
        Path deep = template;
        for (int i = 0; i < 32; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        assertThat(made().exit()).isZero();
        Folders.delete(folder.resolve("shop"));

        Files.createDirectory(deep.resolve("d"));
        assertRefused("is more than 32 folders deep");
    }
}
