package dev.mayfly.cli;

import dev.mayfly.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The built-in templates as a person sees them.
 *
 * @param templates all there are
 * @param surroundings where the person is
 */
record TemplateList(Templates templates, Surroundings surroundings) {
    void print(OutputFormat format) throws IOException {
        if (format == OutputFormat.JSON) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (String name : templates.names()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", name);
                row.put("description", templates.open(name).description());
                rows.add(row);
            }
            surroundings.out().println(Json.text(Map.of("templates", rows)));
        } else {
            surroundings.out().print(table());
            surroundings.out().println("mayfly new TEMPLATE NAME makes an app of one.");
        }
    }

    /** {@return which one a person on the terminal wants} */
    String ask() throws IOException {
        surroundings.out().print(table());
        surroundings.out().flush();
        List<String> names = templates.names();
        return new Question(
                        surroundings,
                        "Template",
                        typed ->
                                names.contains(typed) || typed.contains("/")
                                        ? Optional.empty()
                                        : Optional.of(unknown(typed, names)))
                .ask("")
                .orElseThrow(() ->
                        new StoppedException(
                                Exit.USAGE,
                                "no template was chosen",
                                "name one: mayfly new TEMPLATE NAME"));
    }

    /**
     * {@return the built-in template of this name}
     *
     * @throws StoppedException if there is none
     */
    Template open(String name) throws IOException {
        List<String> names = templates.names();
        if (names.contains(name)) {
            return templates.open(name);
        }
        boolean isFolder = Files.isDirectory(surroundings.resolve(Path.of(name)));
        throw new StoppedException(
                Exit.USAGE,
                unknown(name, names),
                isFolder
                        ? "a folder is written with a slash: ./" + name
                        : "mayfly new --list shows them; a folder is written ./folder, a repository by its URL");
    }

    private static String unknown(String name, List<String> names) {
        return "no built-in template \""
                + Shown.plain(name)
                + "\" (there are "
                + String.join(", ", names)
                + ")"
                + Manifests.nearest(name, names).map(near -> "; " + near + "?").orElse("");
    }

    private String table() throws IOException {
        Table table = new Table(surroundings, "template", "what it is");
        for (String name : templates.names()) {
            table.row(name, templates.open(name).description());
        }
        return table.text("no templates");
    }
}
