package dev.mayfly.cli;

import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an app of a template. */
@Command(
        name = "new",
        description = {
            "Make an app of a template.",
            "A template is a built-in one, a folder with an app.toml, or a git repository with one in it.",
            "Without arguments it asks on a terminal, and lists the built-in ones where there is none."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly new                       choose a template and a name",
            "  mayfly new rust shop             the built-in one for Rust, in the folder shop",
            "  mayfly new c --into .            into this folder, with its name",
            "  mayfly new ./templates/api shop  a folder of your own",
            "  mayfly new https://example.com/templates.git#go shop",
            "                                   the folder go of a repository",
            "",
            "No file is overwritten without --force. What a template's .gitignore names is not copied."
        })
final class NewCommand implements Callable<Integer> {
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
            paramLabel = "NAME",
            description = "The app's name: 1 to 63 of a-z, 0-9 and -.")
    private @Nullable String name;

    @Option(names = "--name", paramLabel = "NAME", description = "The same.")
    private @Nullable String namedByOption;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description =
                    "The folder to write into, which may be there (default: a new one of the app's name).")
    private @Nullable Path into;

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    @Option(names = "--list", description = "List the built-in templates.")
    private boolean list;

    @Mixin private OutputOption output = new OutputOption();

    @Spec private @Nullable CommandSpec command;

    NewCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        TemplateList templates = new TemplateList(Templates.ofProgram(), surroundings);
        boolean asking = surroundings.keyboard().isTerminal();
        if (list || (template == null && name() == null && into == null && !asking)) {
            templates.print(output.format());
            return Exit.OK.code();
        }
        if (template == null && !asking) {
            throw Usage.wrong(command, "no template named; mayfly new --list shows them");
        }
        String source = template == null ? templates.ask() : template;
        new TemplateFinder(templates, surroundings).with(source, this::make);
        return Exit.OK.code();
    }

    private void make(Template chosen) throws IOException {
        String app = appName(chosen);
        Path target = target(app);
        NavigableMap<String, TemplateFile> files = chosen.named(app);
        new Placement(target, _ -> force, surroundings).write(files);
        tell(chosen, app, target, files);
    }

    private @Nullable String name() {
        if (name != null && namedByOption != null && !name.equals(namedByOption)) {
            throw Usage.wrong(
                    command, "two names: " + name + " and " + namedByOption + "; give one");
        }
        return name == null ? namedByOption : name;
    }

    private String appName(Template chosen) {
        String given = name();
        if (given != null) {
            wrong(given)
                    .ifPresent(problem -> {
                        throw Usage.wrong(command, problem);
                    });
            return given;
        }
        if (into != null) {
            Path folder = surroundings.resolve(into).getFileName();
            return AppName.from(folder == null ? "" : folder.toString());
        }
        Question question = new Question(surroundings, "Name of the app", NewCommand::wrong);
        return question.ask(chosen.manifest().app().name())
                .orElseThrow(() ->
                        Usage.wrong(
                                command,
                                "no name for the app; mayfly new TEMPLATE NAME, or --name, gives one"));
    }

    private static Optional<String> wrong(String name) {
        return Manifests.wrongAppName(name).map(Problem::message);
    }

    private Path target(String app) throws IOException {
        if (into != null) {
            return surroundings.resolve(into);
        }
        Path folder = surroundings.resolve(Path.of(app));
        if (!force && Files.isDirectory(folder) && !isEmpty(folder)) {
            throw new StoppedException(
                    Exit.FAILURE,
                    "the folder "
                            + surroundings.shown(folder)
                            + " is there already and not empty; nothing was written",
                    "choose another name, or --into "
                            + app
                            + " adds to it what is not there yet, and --force overwrites");
        }
        return folder;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private void tell(
            Template chosen, String app, Path target, NavigableMap<String, TemplateFile> files) {
        List<String> next = new NextSteps(surroundings).after(chosen, target);
        if (output.isJson()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("app", app);
            facts.put("template", chosen.shown());
            facts.put("folder", target.toString());
            facts.put("files", List.copyOf(files.keySet()));
            facts.put("next", next);
            surroundings.out().println(Json.text(facts));
            return;
        }
        surroundings
                .out()
                .println(
                        "made the app "
                                + app
                                + " of the template "
                                + chosen.shown()
                                + ": "
                                + Count.of(files.size(), "file")
                                + " in "
                                + surroundings.shown(target));
        surroundings.out().println("next:");
        next.forEach(each -> surroundings.out().println("  " + each));
    }
}
