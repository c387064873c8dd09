package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.RoutePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a template's function one more of an app. */
@Command(
        name = "add",
        description = {
            "Add a function of a template to the app of this folder.",
            "Its files come into a folder of its name. What it takes is added at the end of app.toml, whose",
            "other lines stay as they are; its routes are below a path of its own."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly add                              choose a template and a name",
            "  mayfly add rust api                     in the folder api, on /api/...",
            "  mayfly add rust api --route /v1/things  on /v1/things/...",
            "  mayfly add ./templates/mail mail        of a folder of your own, or of a git URL",
            "",
            "mayfly new --list shows the built-in templates. The template's cases come along, beside those of the app;",
            "one that expects an absolute path in an answer, as in a Location, may have to be told of the new one."
        })
final class AddCommand implements Callable<Integer> {
    private static final String OPEN = "/...";

    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TEMPLATE",
            description = "A built-in template, ./folder, or a git URL with #path.")
    private @Nullable String template;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FUNCTION",
            description = "The function's name, and its folder's.")
    private @Nullable String function;

    @Option(
            names = "--route",
            paramLabel = "PATH",
            description = "What its routes are below (default: /FUNCTION).")
    private @Nullable String route;

    @Spec private @Nullable CommandSpec command;

    AddCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path file = surroundings.directory().resolve(Location.MANIFEST);
        if (!Files.exists(file)) {
            throw Usage.wrong(
                    command,
                    "no app.toml in "
                            + surroundings.directory()
                            + " to add a function to; mayfly new makes an app");
        }
        App app = new App(Files.readString(file), valid(AppReader.parse(file)));
        TemplateList templates = new TemplateList(Templates.ofProgram(), surroundings);
        if (template == null && !surroundings.keyboard().isTerminal()) {
            throw Usage.wrong(command, "no template named; mayfly new --list shows them");
        }
        String source = template == null ? templates.ask() : template;
        new TemplateFinder(templates, surroundings).with(source, chosen -> add(app, chosen));
        return Exit.OK.code();
    }

    /** An app as it is. */
    private record App(String text, Manifest manifest) {}

    private static Manifest valid(Parsed<Manifest> app) throws StoppedException {
        return switch (app) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> manifest;
            case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                    throw StoppedException.invalid(
                            "nothing can be added to an app.toml that is not valid",
                            "mend it first; mayfly validate lists the same",
                            Location.MANIFEST,
                            problems);
        };
    }

    private void add(App app, Template chosen) throws IOException {
        int functions = chosen.manifest().functions().size();
        if (functions > 1) {
            throw new StoppedException(
                    Exit.USAGE,
                    chosen.shown() + " has " + functions + " functions, and one is added at a time",
                    "name a template with one; mayfly new makes an app of this one");
        }
        String name = name(app.manifest(), chosen);
        FunctionGraft graft = new FunctionGraft(chosen, name, path(name));
        String text = added(app, graft.lines(app.manifest()), chosen);
        NavigableMap<String, TemplateFile> files = graft.files();
        check(app, text, name);
        int count = files.size();
        files.put(Location.MANIFEST, TemplateFile.text(text));
        new Placement(surroundings.directory(), Location.MANIFEST::equals, surroundings)
                .write(files);
        tell(app.manifest(), chosen, name, graft, count);
    }

    private String name(Manifest app, Template chosen) throws StoppedException {
        String usual = chosen.manifest().functions().keySet().stream().findFirst().orElse("");
        Question question =
                new Question(surroundings, "Name of the function", typed -> wrong(app, typed));
        if (function == null) {
            return question.ask(usual)
                    .orElseThrow(() ->
                            Usage.wrong(
                                    command,
                                    "no name for the function; mayfly add TEMPLATE FUNCTION gives one"));
        }
        Optional<String> problem = wrong(app, function);
        if (problem.isPresent()) {
            throw new StoppedException(
                    Exit.USAGE, problem.get() + "; nothing was written", "choose another name");
        }
        return function;
    }

    private Optional<String> wrong(Manifest app, String name) {
        if (app.functions().containsKey(name)) {
            return Optional.of("the app has a function " + name + " already");
        }
        if (Files.exists(surroundings.directory().resolve(Shown.plain(name)))
                && Manifests.wrongFunctionName(name).isEmpty()) {
            return Optional.of(name + " is there already, where the function's folder would be");
        }
        return Manifests.wrongFunctionName(name).map(Problem::message);
    }

    private String path(String name) {
        String path = route == null ? "/" + name : route;
        String below = path.endsWith(OPEN) ? path.substring(0, path.length() - 4) : path;
        String trimmed = below.endsWith("/") ? below.substring(0, below.length() - 1) : below;
        return switch (RoutePattern.read(trimmed + OPEN)) {
            case Parsed.Valid<RoutePattern> _ -> trimmed;
            case Parsed.Invalid<RoutePattern>(List<Problem> problems) ->
                    throw Usage.wrong(command, "--route: " + problems.getFirst().message());
        };
    }

    /** The file's own ends of lines, also where its last line has none. */
    private static String added(App app, String lines, Template chosen) {
        String text = app.text();
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : end;
        String from = "\n# From the template " + chosen.shown() + ".";
        return text + gap + (from + lines).replace("\n", end);
    }

    private void check(App app, String text, String name) throws StoppedException {
        if (Manifests.parse(text) instanceof Parsed.Invalid<Manifest>(List<Problem> problems)) {
            throw StoppedException.invalid(
                    "the function " + name + " does not fit into this app; nothing was written",
                    "the lines beyond "
                            + app.text().lines().count()
                            + " would be those of "
                            + name
                            + ": --route puts it below another path",
                    "app.toml with " + name,
                    problems);
        }
    }

    private void tell(Manifest app, Template chosen, String name, FunctionGraft graft, int files) {
        surroundings
                .out()
                .println(
                        "added "
                                + name
                                + " of the template "
                                + chosen.shown()
                                + " to app.toml: "
                                + Count.of(files, "file")
                                + " in "
                                + name);
        chosen.manifest()
                .http()
                .forEach(trigger ->
                        surroundings
                                .out()
                                .println("  route " + path(name) + trigger.route().text()));
        chosen.manifest()
                .kafka()
                .forEach(trigger ->
                        surroundings
                                .out()
                                .println("  topics " + String.join(", ", trigger.topics())));
        graft.shared(app)
                .forEach(variable ->
                        surroundings.out().println("  variable " + variable + " is the app's own"));
        surroundings.out().println("next:");
        new NextSteps(surroundings)
                .after(chosen, surroundings.directory())
                .forEach(step -> surroundings.out().println("  " + step));
    }
}
