package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads WAGI's {@code modules.toml}: a list of {@code [[module]]}, one route each. */
final class WagiImport {
    private static final Set<String> KNOWN =
            Set.of(
                    "route",
                    "module",
                    "entrypoint",
                    "argv",
                    "volumes",
                    "environment",
                    "allowed_hosts",
                    "http_max_concurrency",
                    "bindle_server",
                    "repository",
                    "host");

    private final ForeignFile file = new ForeignFile();
    private final ImportNotes notes = new ImportNotes();
    private final Draft draft = new Draft(notes);

    private WagiImport() {}

    static Parsed<Imported> of(String toml, String appName) {
        Document document = Document.read(toml);
        if (!document.errors().isEmpty()) {
            return new Parsed.Invalid<>(document.errors());
        }
        return new WagiImport().read(document.root(), appName);
    }

    private Parsed<Imported> read(Node.Table root, String appName) {
        draft.name(appName);
        ForeignFile.noteOthers(root, Set.of("module", "default_host"), "the file", notes);
        if (root.find("default_host").isPresent()) {
            notes.add("default_host is left out: a request without a host matches any route.");
        }
        List<Node> modules = root.list("module");
        KeyPath path = KeyPath.ROOT.key("module");
        if (modules.isEmpty()) {
            String message = "is missing (expected: a list of modules, [[module]])";
            file.problem(root.place(), path, message, "is this a modules.toml?");
        }
        for (Node module : modules) {
            if (module instanceof Node.Table table) {
                table.text("module").ifPresent(draft::reserve);
            }
        }
        for (int i = 0; i < modules.size(); i++) {
            module(modules.get(i), path.element(i));
        }
        return file.problems().isEmpty() ? draft.finished() : new Parsed.Invalid<>(file.problems());
    }

    private void module(Node node, KeyPath path) {
        if (!(node instanceof Node.Table module)) {
            String message = Shown.of(node) + " is not a module (expected: [[module]])";
            file.problem(node.place(), path, message, "write it as a table");
            return;
        }
        String route = file.required(module, "route", path).orElse("");
        String source = file.required(module, "module", path).orElse("");
        String where = "the route " + Shown.of(route);
        ForeignFile.noteOthers(module, KNOWN, where, notes);
        noteUnsupported(module, where);
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("source", source(source));
        text(module, "entrypoint", Names.EXPORT, path, function);
        argv(module, path, function);
        environment(module, where, function);
        volumes(module, where, function);
        allowedHosts(module, where, function);
        String name = draft.function(ForeignPath.stem(function.get("source").toString()), function);
        Map<String, Object> settings = new LinkedHashMap<>();
        file.text(module, "host", path)
                .filter(host -> draft.accepts(Hosts.ROUTED, host, "A host is left out"))
                .ifPresent(host -> settings.put("hosts", List.of(host)));
        settings.put("function", name);
        draft.route(route, settings);
    }

    private void noteUnsupported(Node.Table module, String where) {
        if (module.find("http_max_concurrency").isPresent()) {
            notes.add("http_max_concurrency of %s is left out.".formatted(where));
        }
        if (module.find("bindle_server").isPresent()) {
            notes.add("bindle_server of %s is left out: Bindle is not served.".formatted(where));
        }
    }

    private String source(String written) {
        if (written.startsWith("bindle:") || written.startsWith("oci:")) {
            String name = draft.copyOf(written, ForeignPath.artifact(written) + ".wasm");
            notes.add(
                    "%s is in a registry: fetch it and save it as %s beside app.toml."
                            .formatted(Shown.of(written), Shown.of(name)));
            return name;
        }
        String path = ForeignPath.module(written, draft);
        if (path.contains("/")) {
            notes.add(
                    "Relative paths are kept: WAGI reads them from the folder it was started in,"
                            + " here they start at app.toml.");
        }
        return path;
    }

    private void text(
            Node.Table module,
            String key,
            Text<?> format,
            KeyPath path,
            Map<String, Object> function) {
        file.text(module, key, path)
                .filter(text -> draft.accepts(format, text, "A value of " + key + " is left out"))
                .ifPresent(text -> function.put(key, text));
    }

    private void argv(Node.Table module, KeyPath path, Map<String, Object> function) {
        text(module, "argv", ArgvText.ARGV, path, function);
        if (function.get("argv") instanceof String argv && argv.indexOf('"') >= 0) {
            notes.add("Double quotes group the words of argv %s here.".formatted(Shown.of(argv)));
        }
    }

    private void environment(Node.Table module, String where, Map<String, Object> function) {
        Map<String, Object> environment =
                ForeignEnvironment.read(module.table("environment"), where, draft);
        if (!environment.isEmpty()) {
            function.put("environment", environment);
        }
    }

    private void volumes(Node.Table module, String where, Map<String, Object> function) {
        List<Map<String, Object>> files = new ArrayList<>();
        module.table("volumes")
                .entries()
                .forEach((guest, host) -> {
                    if (host instanceof Node.Scalar(_, String source)) {
                        volume(source, guest, where, files);
                    }
                });
        if (!files.isEmpty()) {
            function.put("files", files);
            notes.add("Volumes are read-only here.");
        }
    }

    private void volume(
            String source, String guest, String where, List<Map<String, Object>> files) {
        String otherwise = "The volume %s of %s is left out".formatted(Shown.of(guest), where);
        if (draft.accepts(Paths.RELATIVE, source, otherwise)
                && draft.accepts(Paths.ABSOLUTE, guest, otherwise)) {
            files.add(Ordered.of("source", source, "destination", guest));
        }
    }

    private void allowedHosts(Node.Table module, String where, Map<String, Object> function) {
        List<String> hosts =
                module.texts("allowed_hosts").stream()
                        .filter(host -> draft.acceptsOutbound(host, where))
                        .toList();
        if (!hosts.isEmpty()) {
            function.put("allowed_outbound_hosts", hosts);
            notes.add(
                    "WAGI's own interface for outbound HTTP (wasi_experimental_http) is not served:"
                            + " modules that import it are refused.");
        }
    }
}
