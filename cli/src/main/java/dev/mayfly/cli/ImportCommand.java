package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.manifest.Imported;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Bring an export to a server, or make an app.toml of a WAGI or Spin manifest.",
            "An app.toml from WAGI's modules.toml or Spin's spin.toml (version 2); what could not be carried",
            "over is listed on standard error. Of a mayfly export the apps: what is there already is left as",
            "it is, so it can be run again; secrets to be set are listed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly import modules.toml",
            "  mayfly import spin.toml -o - | less",
            "  mayfly import spin.toml -o app.toml --force",
            "  mayfly import server.zip --context new"
        })
final class ImportCommand implements Callable<Integer> {
    private static final Pattern SPIN =
            Pattern.compile("^\\s*\"?spin_(manifest_)?version\"?\\s*=", Pattern.MULTILINE);
    private static final Pattern WAGI =
            Pattern.compile("^\\s*\\[\\[\\s*\"?module\"?\\s*\\]\\]", Pattern.MULTILINE);

    private final Surroundings surroundings;

    @Mixin private ServerChoice server = new ServerChoice();

    @Parameters(
            paramLabel = "FILE",
            description = "modules.toml, spin.toml or an export; told by its content.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where to write, - for standard output (default: app.toml beside FILE). With an export: text or json.")
    private @Nullable Path output;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The app's name; modules.toml has none (default: its folder's name).")
    private @Nullable String name;

    @Option(names = "--force", description = "Overwrite the file that is there.")
    private boolean force;

    ImportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path source = surroundings.resolve(file);
        if (Archive.isOne(source)) {
            return restore(source).code();
        }
        String text;
        try {
            text = Files.readString(source);
        } catch (CharacterCodingException _) { // told to the person: not the kind of file meant
            return complain(surroundings.shown(source) + ": not UTF-8 text", Exit.INVALID).code();
        }
        return convert(source, text).code();
    }

    private Exit restore(Path source) throws IOException {
        OutputFormat format =
                output != null && output.toString().equals("json")
                        ? OutputFormat.JSON
                        : OutputFormat.TEXT;
        Session session = new Session(server.connect(surroundings), surroundings, format);
        try (Archive archive = Archive.open(source)) {
            Optional<JsonNode> index = archive.index();
            return index.isPresent()
                    ? new Restore(session, archive, "mayfly import").run(index.get())
                    : complain(
                            surroundings.shown(source) + " is no whole export; export again",
                            Exit.INVALID);
        }
    }

    private Exit convert(Path source, String text) throws IOException {
        if (SPIN.matcher(text).find()) {
            return finish(source, Manifests.importSpin(text));
        }
        if (WAGI.matcher(text).find()) {
            return finish(source, Manifests.importWagi(text, appName(source)));
        }
        return complain(
                surroundings.shown(source)
                        + " is neither: a spin.toml says spin_manifest_version = 2, a modules.toml has"
                        + " [[module]] tables",
                Exit.INVALID);
    }

    private String appName(Path source) {
        Path folder = Objects.requireNonNull(source.getParent());
        return name != null ? name : AppName.from(String.valueOf(folder.getFileName()));
    }

    private Exit finish(Path source, Parsed<Imported> parsed) throws IOException {
        return switch (parsed) {
            case Parsed.Valid<Imported>(Imported imported) -> write(source, imported);
            case Parsed.Invalid<Imported>(List<Problem> problems) -> {
                new ProblemReport(surroundings).print(surroundings.shown(source), problems);
                yield Exit.INVALID;
            }
        };
    }

    private Exit write(Path source, Imported imported) throws IOException {
        if (output != null && output.toString().equals("-")) {
            surroundings.out().print(imported.toml());
            surroundings.out().flush();
            return lost(imported);
        }
        Path target =
                output == null
                        ? source.resolveSibling(Location.MANIFEST)
                        : surroundings.resolve(output);
        if (Files.exists(target) && !force) {
            return complain(
                    surroundings.shown(target)
                            + " is already there; --force overwrites it, -o FILE writes elsewhere",
                    Exit.FAILURE);
        }
        replace(target, imported.toml());
        surroundings.out().println("wrote " + surroundings.shown(target));
        return lost(imported);
    }

    /** In one move: a reader, or a crash, sees the old file or the new one. */
    private static void replace(Path target, String text) throws IOException {
        Path written = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.writeString(written, text);
            Files.move(
                    written,
                    target,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private Exit lost(Imported imported) {
        imported.notCarriedOver()
                .forEach(loss -> surroundings.err().println("not carried over: " + loss));
        return Exit.OK;
    }

    private Exit complain(String message, Exit exit) {
        surroundings.err().println("mayfly import: " + message);
        return exit;
    }
}
