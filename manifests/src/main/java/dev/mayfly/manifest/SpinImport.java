package dev.mayfly.manifest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Spin's {@code spin.toml}, version 2. Components of its wagi executor run here unchanged;
 * everything else of Spin is carried over as far as app.toml has words for it.
 */
final class SpinImport {
    private static final Set<String> ROOT_KEYS =
            Set.of("spin_manifest_version", "application", "variables", "trigger", "component");

    private final Node.Table root;
    private final ForeignFile file = new ForeignFile();
    private final ImportNotes notes = new ImportNotes();
    private final Draft draft = new Draft(notes);
    private final SpinComponents components = new SpinComponents(draft, file);

    /** The names functions got, by component. */
    private final Map<String, String> functions = new HashMap<>();

    private SpinImport(Node.Table root) {
        this.root = root;
    }

    static Parsed<Imported> of(String toml) {
        Document document = Document.read(toml);
        return document.errors().isEmpty()
                ? new SpinImport(document.root()).read()
                : new Parsed.Invalid<>(document.errors());
    }

    private Parsed<Imported> read() {
        checkVersion();
        ForeignFile.noteOthers(root, ROOT_KEYS, "the file", notes);
        application();
        root.table("variables").entries().forEach(this::variable);
        root.table("component").entries().values().forEach(this::reserveSource);
        root.table("trigger").entries().forEach(this::triggers);
        root.table("component").entries().keySet().forEach(this::unused);
        return file.problems().isEmpty() ? draft.finished() : new Parsed.Invalid<>(file.problems());
    }

    private void checkVersion() {
        Optional<Node> version = root.find("spin_manifest_version");
        boolean two =
                version.orElse(null) instanceof Node.Scalar(_, Object value) && value.equals(2L);
        if (!two) {
            Place place = version.map(Node::place).orElse(root.place());
            KeyPath path = KeyPath.ROOT.key("spin_manifest_version");
            String is =
                    version.map(node -> Shown.of(node) + " cannot be read").orElse("is missing");
            String message = is + " (expected: 2)";
            file.problem(place, path, message, "bring the file to version 2 first");
        }
    }

    private void application() {
        Node.Table application = root.table("application");
        KeyPath path = KeyPath.ROOT.key("application");
        draft.name(file.required(application, "name", path).orElse("app"));
        for (String key : List.of("version", "description")) {
            file.text(application, key, path)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> draft.app(key, text));
        }
        Set<String> known = Set.of("name", "version", "description");
        ForeignFile.noteOthers(application, known, "[application]", notes);
    }

    private void variable(String name, Node node) {
        if (!(node instanceof Node.Table written)) {
            String message = Shown.of(node) + " is not a variable (expected: a table)";
            KeyPath path = KeyPath.ROOT.key("variables").key(name);
            file.problem(node.place(), path, message, "write { default = \"…\" }");
            return;
        }
        Map<String, Object> variable = new LinkedHashMap<>();
        Optional<String> fallback = written.text("default").filter(text -> text.indexOf('\0') < 0);
        fallback.ifPresentOrElse(
                text -> variable.put("default", text), () -> variable.put("required", true));
        if (written.find("secret").orElse(null) instanceof Node.Scalar(_, Boolean secret)
                && secret) {
            variable.put("secret", true);
        }
        Set<String> known = Set.of("default", "required", "secret");
        ForeignFile.noteOthers(written, known, "the variable " + Shown.of(name), notes);
        draft.variable(name, variable);
    }

    private void triggers(String kind, Node node) {
        if (!kind.equals("http")) {
            notes.add("Triggers of the kind %s are left out.".formatted(Shown.of(kind)));
            return;
        }
        KeyPath path = KeyPath.ROOT.key("trigger").key("http");
        List<Node> triggers = node instanceof Node.Array(_, List<Node> list) ? list : List.of(node);
        for (int i = 0; i < triggers.size(); i++) {
            if (triggers.get(i) instanceof Node.Table trigger) {
                trigger(trigger, path.element(i));
            } else {
                String message = Shown.of(triggers.get(i)) + " is not a trigger";
                file.problem(node.place(), path.element(i), message, "write [[trigger.http]]");
            }
        }
    }

    private void trigger(Node.Table trigger, KeyPath path) {
        Set<String> known = Set.of("id", "route", "component", "executor", "static_response");
        ForeignFile.noteOthers(trigger, known, path.text(), notes);
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean isPrivate = trigger.find("route").orElse(null) instanceof Node.Table;
        if (isPrivate) {
            settings.put("private", true);
        }
        Optional<String> name = target(trigger, path, settings);
        if (isPrivate) {
            name.ifPresent(function -> privateRoute(function, settings));
        } else {
            file.required(trigger, "route", path)
                    .filter(_ -> settings.size() > 0)
                    .ifPresent(route -> draft.route(route, settings));
        }
    }

    /** Spin reaches private components by a host name of their own, here a path does it. */
    private void privateRoute(String function, Map<String, Object> settings) {
        String route = "/internal/" + function + "/...";
        notes.add(
                "The private component %s is reached by a local redirect to /internal/%s, not by a"
                                .formatted(Shown.of(function), function)
                        + " host name.");
        draft.route(route, settings);
    }

    /** Puts in what answers; {@return the function's name, if it is one} */
    private Optional<String> target(
            Node.Table trigger, KeyPath path, Map<String, Object> settings) {
        if (trigger.find("static_response").isPresent()) {
            Node.Table answer = trigger.table("static_response");
            settings.put("static_response", components.staticResponse(answer, path));
            return Optional.empty();
        }
        Optional<Node> component = trigger.find("component");
        if (component.isEmpty()) {
            String message = "has no component (expected: component or static_response)";
            file.problem(trigger.place(), path, message, "add one of them");
            return Optional.empty();
        }
        Optional<String> name = component(component.get(), trigger, path);
        name.ifPresent(function -> settings.put("function", function));
        return name;
    }

    private Optional<String> component(Node written, Node.Table trigger, KeyPath path) {
        Node.Table executor = trigger.table("executor");
        if (written instanceof Node.Table inline) {
            String name = "component-" + (functions.size() + 1);
            return Optional.of(function(name, inline, executor));
        }
        String id = trigger.text("component").orElse("");
        if (!(root.table("component").entries().get(id) instanceof Node.Table found)) {
            String message = Shown.of(written) + " is no component of this file";
            file.problem(written.place(), path.key("component"), message, "add [component.…]");
            return Optional.empty();
        }
        return Optional.of(function(id, found, executor));
    }

    private String function(String id, Node.Table component, Node.Table executor) {
        String name = draft.function(id, components.function(id, component, executor));
        functions.put(id, name);
        if (!name.equals(id)) {
            notes.add(
                    "The component %s is the function %s here."
                            .formatted(Shown.of(id), Shown.of(name)));
        }
        return name;
    }

    private void reserveSource(Node component) {
        if (component instanceof Node.Table table) {
            table.text("source").ifPresent(draft::reserve);
        }
    }

    private void unused(String id) {
        if (!functions.containsKey(id)) {
            notes.add(
                    "The component %s is left out: no HTTP trigger runs it."
                            .formatted(Shown.of(id)));
        }
    }
}
