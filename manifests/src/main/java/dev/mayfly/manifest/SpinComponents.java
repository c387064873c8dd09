package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Spin's {@code [component.<id>]} as functions, and its static responses. */
final class SpinComponents {
    private static final Set<String> KNOWN =
            Set.of(
                    "source",
                    "description",
                    "environment",
                    "files",
                    "exclude_files",
                    "allowed_outbound_hosts",
                    "allowed_http_hosts",
                    "key_value_stores",
                    "build");

    private final Draft draft;
    private final ImportNotes notes;
    private final ForeignFile file;

    SpinComponents(Draft draft, ForeignFile file) {
        this.draft = draft;
        this.notes = draft.notes();
        this.file = file;
    }

    Map<String, Object> function(String id, Node.Table component, Node.Table executor) {
        String where = "the component " + Shown.of(id);
        KeyPath path = KeyPath.ROOT.key("component").key(id);
        ForeignFile.noteOthers(component, KNOWN, where, notes);
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("source", source(component, path));
        executor(executor, where, function);
        putUnlessEmpty(
                "environment",
                ForeignEnvironment.read(component.table("environment"), where, draft),
                function);
        files(component, where, function);
        outbound(component, where, function);
        stores(component, where, function);
        build(component.table("build"), where, function);
        return function;
    }

    private static void putUnlessEmpty(
            String key, Map<String, Object> value, Map<String, Object> function) {
        if (!value.isEmpty()) {
            function.put(key, value);
        }
    }

    private static void putUnlessEmpty(String key, List<?> value, Map<String, Object> function) {
        if (!value.isEmpty()) {
            function.put(key, value);
        }
    }

    private Object source(Node.Table component, KeyPath path) {
        if (!(component.find("source").orElse(null) instanceof Node.Table source)) {
            return ForeignPath.module(file.required(component, "source", path).orElse(""), draft);
        }
        Map<String, Object> remote = new LinkedHashMap<>();
        source.text("url").ifPresent(url -> remote.put("url", url));
        source.text("digest").ifPresent(digest -> remote.put("digest", digest));
        Findings findings = new Findings();
        FunctionTable.SOURCE.shape().read(Plain.node(remote), path, findings);
        if (findings.count() == 0) {
            return remote;
        }
        String wish = ForeignPath.fileName(path.name() + ".wasm");
        String module = draft.copyOf(path.text(), wish);
        notes.add(
                "The source of the component %s is no file and no URL with a digest: fetch it and"
                                .formatted(Shown.of(path.name()))
                        + " save it as "
                        + Shown.of(module)
                        + " beside app.toml.");
        return module;
    }

    private void executor(Node.Table executor, String where, Map<String, Object> function) {
        if (!executor.text("type").orElse("http").equals("wagi")) {
            notes.add(
                    "Rebuild %s as a WASI command that speaks CGI: it does not use the wagi executor."
                            .formatted(where));
        }
        executor.text("entrypoint")
                .filter(name -> draft.accepts(Names.EXPORT, name, left("entrypoint", where)))
                .ifPresent(name -> function.put("entrypoint", name));
        executor.text("argv")
                .filter(argv -> draft.accepts(ArgvText.ARGV, argv, left("argv", where)))
                .ifPresent(argv -> function.put("argv", argv));
    }

    private static String left(String key, String where) {
        return "%s of %s is left out".formatted(key, where);
    }

    private void files(Node.Table component, String where, Map<String, Object> function) {
        Map<String, Map<String, Object>> mounts = new LinkedHashMap<>();
        for (Node node : component.list("files")) {
            Optional<Map<String, Object>> mount =
                    switch (node) {
                        case Node.Scalar(_, String glob) -> glob(glob, where);
                        case Node.Table table -> mount(table, where);
                        default -> Optional.empty();
                    };
            mount.ifPresent(made -> mounts.putIfAbsent((String) made.get("destination"), made));
        }
        putUnlessEmpty("files", List.copyOf(mounts.values()), function);
        if (!component.list("exclude_files").isEmpty()) {
            notes.add(
                    "exclude_files of %s is left out: the function can read those files here."
                            .formatted(where));
        }
    }

    private Optional<Map<String, Object>> mount(Node.Table table, String where) {
        String source = table.text("source").orElse("");
        return mount(source, table.text("destination").orElse(""), where);
    }

    private Optional<Map<String, Object>> mount(String source, String destination, String where) {
        String otherwise = "The files %s of %s are left out".formatted(Shown.of(source), where);
        String inside = source.startsWith("./") ? source.substring(2) : source;
        boolean good =
                draft.accepts(Paths.RELATIVE, inside, otherwise)
                        && draft.accepts(Paths.ABSOLUTE, destination, otherwise);
        return good
                ? Optional.of(Ordered.of("source", inside, "destination", destination))
                : Optional.empty();
    }

    /** A glob's folder stands for it; Mayfly mounts files and folders, not patterns. */
    private Optional<Map<String, Object>> glob(String glob, String where) {
        int star = first(glob);
        if (star < 0) {
            return mount(glob, "/" + glob, where);
        }
        String folder = glob.substring(0, Math.max(0, glob.lastIndexOf('/', star)));
        notes.add(
                "The pattern %s of %s stands for the whole folder here."
                        .formatted(Shown.of(glob), where));
        return folder.isEmpty() ? mount(".", "/", where) : mount(folder, "/" + folder, where);
    }

    private static int first(String glob) {
        for (int i = 0; i < glob.length(); i++) {
            if ("*?[{".indexOf(glob.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private void outbound(Node.Table component, String where, Map<String, Object> function) {
        List<String> written = new ArrayList<>(component.texts("allowed_outbound_hosts"));
        component.texts("allowed_http_hosts").stream()
                .map(host -> host.contains(":") ? host : "https://" + host)
                .forEach(written::add);
        List<String> hosts =
                written.stream().filter(host -> draft.acceptsOutbound(host, where)).toList();
        putUnlessEmpty("allowed_outbound_hosts", hosts, function);
    }

    private void stores(Node.Table component, String where, Map<String, Object> function) {
        List<String> stores =
                component.texts("key_value_stores").stream()
                        .filter(store -> draft.accepts(Names.STORE, store, left(store, where)))
                        .toList();
        putUnlessEmpty("key_value_stores", stores, function);
    }

    private void build(Node.Table build, String where, Map<String, Object> function) {
        List<String> commands = new ArrayList<>();
        build.text("workdir").ifPresent(folder -> commands.add("cd " + inShell(folder)));
        build.text("command").ifPresent(commands::add);
        commands.addAll(build.texts("command"));
        String command = String.join(" && ", commands);
        boolean hasCommand = build.find("command").isPresent();
        if (!hasCommand
                || !draft.accepts(FunctionTable.COMMAND_TEXT, command, left("build", where))) {
            return;
        }
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("command", command);
        List<String> watch =
                build.texts("watch").stream()
                        .filter(glob -> draft.accepts(Paths.GLOB, glob, left("a glob", where)))
                        .toList();
        putUnlessEmpty("watch", watch, made);
        function.put("build", made);
    }

    private static String inShell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    Map<String, Object> staticResponse(Node.Table answer, KeyPath path) {
        Map<String, Object> made = new LinkedHashMap<>();
        String where = path.text() + ".static_response";
        if (answer.find("status_code").orElse(null) instanceof Node.Scalar(_, Long status)) {
            if (status >= 200 && status <= 599) {
                made.put("status", status);
            } else {
                notes.add("The status %d of %s is left out.".formatted(status, where));
            }
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        answer.table("headers")
                .entries()
                .forEach((name, node) -> header(name, node, where, headers));
        putUnlessEmpty("headers", headers, made);
        answer.text("body").ifPresent(body -> made.put("body", body));
        return made;
    }

    private void header(String name, Node node, String where, Map<String, Object> headers) {
        String otherwise = "The header %s of %s is left out".formatted(Shown.of(name), where);
        boolean twice = headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
        if (node instanceof Node.Scalar(_, String value)
                && !twice
                && draft.accepts(HttpWords.HEADER_NAME, name, otherwise)
                && draft.accepts(HttpWords.HEADER_VALUE, value, otherwise)) {
            headers.put(name, value);
        }
    }
}
