package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Copy all apps of a server into a folder or a zip.",
            "Their live revisions with manifest and files, variables and traffic; of secrets only the names,",
            "since nobody can read them back. Takes the scope admin. A folder that is there is completed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly export server.zip",
            "  mayfly export copies/monday --context live",
            "  mayfly import server.zip --context new"
        })
final class ExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "FOLDER|FILE.zip", description = "Where to.")
    private Path target = Path.of("");

    @Option(names = "--force", description = "Overwrite a zip that is there.")
    private boolean force;

    ExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path path = surroundings.resolve(target);
        if (isInTheWay(path)) {
            surroundings
                    .err()
                    .println(
                            "mayfly export: "
                                    + surroundings.shown(path)
                                    + " is already there, and no folder that an export began; --force overwrites a zip");
            return Exit.FAILURE.code();
        }
        Session session = server.open(surroundings);
        JsonNode index = write(session, path);
        return session.tell(index, done -> text(path, done)).code();
    }

    private static JsonNode write(Session session, Path path) throws IOException {
        try (Archive archive = Archive.create(path)) {
            return new Export(session, archive).run();
        }
    }

    private boolean isInTheWay(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.exists(path) && !(force && Files.deleteIfExists(path));
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.findAny().isPresent()
                    && !Files.isDirectory(path.resolve("artifacts"))
                    && !Archive.isOne(path);
        }
    }

    private String text(Path path, JsonNode index) {
        StringBuilder text = new StringBuilder();
        for (JsonNode app : index.path("apps")) {
            text.append(app.path("name").asText())
                    .append(": ")
                    .append(Count.of(app.path("revisions").size(), "revision"));
            String secrets = Wire.joined(app.path("secrets"));
            text.append(secrets.isEmpty() ? "" : ", without its secrets " + secrets).append('\n');
        }
        return text.append("exported ")
                .append(Count.of(index.path("apps").size(), "app"))
                .append(" to ")
                .append(surroundings.shown(path))
                .append('\n')
                .toString();
    }
}
