package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An app to begin with, whole in memory.
 *
 * @param shown where it is from, as a person would write it
 * @param manifest what its app.toml says
 * @param files by path with slashes, app.toml among them
 */
record Template(String shown, Manifest manifest, NavigableMap<String, TemplateFile> files) {
    private static final String SCHEMA = ".mayfly/app.schema.json";

    Template {
        files = Collections.unmodifiableNavigableMap(new TreeMap<>(files));
    }

    /**
     * {@return the template of these files}
     *
     * @throws StoppedException if its app.toml is not there or not valid
     */
    static Template of(String shown, NavigableMap<String, TemplateFile> files)
            throws StoppedException {
        TemplateFile file = files.get(Location.MANIFEST);
        if (file == null) {
            throw new StoppedException(
                    Exit.INVALID,
                    shown + " is no template: it holds no app.toml",
                    "name a folder with an app.toml; mayfly new --list shows the built-in templates");
        }
        return new Template(shown, valid(shown, file.text()), files);
    }

    private static Manifest valid(String shown, String toml) throws StoppedException {
        return switch (Manifests.parse(toml)) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> manifest;
            case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                    throw StoppedException.invalid(
                            shown + " is no template that can be used: its app.toml is not valid",
                            "mend it there; nothing was written here",
                            shown + "/" + Location.MANIFEST,
                            problems);
        };
    }

    /** {@return the text of its app.toml} */
    String toml() {
        return Objects.requireNonNull(files.get(Location.MANIFEST)).text();
    }

    /** {@return its description, which is one line} */
    String description() {
        return Shown.plain(manifest.app().description().orElse(""));
    }

    /**
     * {@return its files for an app of this name, with the schema that its app.toml points to}
     *
     * @throws StoppedException if the name is written in a way that cannot be replaced
     */
    NavigableMap<String, TemplateFile> named(String name) throws StoppedException {
        NavigableMap<String, TemplateFile> copy = new TreeMap<>(files);
        String toml = new ManifestEdit(toml()).pointingTo(SCHEMA).named(manifest, name).text();
        if (!(Manifests.parse(toml) instanceof Parsed.Valid<Manifest>(Manifest result))
                || !result.app().name().equals(name)) {
            throw new StoppedException(
                    Exit.INVALID,
                    "the app's name cannot be replaced in " + shown + "/" + Location.MANIFEST,
                    "write it there as name = \"" + manifest.app().name() + "\" on one line");
        }
        copy.put(Location.MANIFEST, TemplateFile.text(toml));
        if (toml.startsWith(ManifestEdit.SCHEMA_LINE + SCHEMA)) {
            copy.put(SCHEMA, TemplateFile.text(Manifests.jsonSchema() + "\n"));
        }
        return copy;
    }
}
