package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folders with an app.toml in one folder.
 *
 * @param folder a checkout's sdk-templates/, no link
 */
record CheckoutTemplates(Path folder) implements Templates {
    /** {@return those beside the launcher, if it is that of a checkout} */
    static Optional<CheckoutTemplates> find() {
        String home = System.getProperty("mayfly.home", "");
        Path sources = Path.of(home, "cli", "src", "main");
        Path folder = Path.of(home, "sdk-templates");
        return !home.isEmpty() && Files.isDirectory(sources) && Files.isDirectory(folder)
                ? Optional.of(new CheckoutTemplates(folder))
                : Optional.empty();
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.isRegularFile(each.resolve(Location.MANIFEST)))
                    .map(each -> Objects.requireNonNull(each.getFileName()).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Template open(String name) throws IOException {
        return TemplateReader.read(folder.resolve(name).toRealPath(), name);
    }
}
