package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An app.toml in the making. Only what our own formats accept gets in; everything else becomes a
 * note, so that the text is valid whatever was imported.
 */
final class Draft {
    private final ImportNotes notes;
    private final Map<String, Object> app = new LinkedHashMap<>();
    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final List<Map<String, Object>> routes = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final Map<String, Map<String, Object>> functions = new LinkedHashMap<>();

    /** Where files beside app.toml come from, so that no two get the same name. */
    private final Map<String, String> files = new LinkedHashMap<>();

    Draft(ImportNotes notes) {
        this.notes = notes;
    }

    ImportNotes notes() {
        return notes;
    }

    void name(String written) {
        String name = BareModule.appName(written);
        if (!name.equals(written)) {
            notes.add(
                    "The app is named %s: %s is no app's name here."
                            .formatted(name, Shown.of(written)));
        }
        app.put("name", name);
    }

    void app(String key, String value) {
        app.put(key, value);
    }

    void variable(String name, Map<String, Object> variable) {
        if (accepts(
                Names.VARIABLE, name, "The variable %s is left out".formatted(Shown.of(name)))) {
            variables.put(name, variable);
        }
    }

    Set<String> variables() {
        return variables.keySet();
    }

    /**
     * {@return whether {@code text} is well formed; if not, {@code otherwise} is noted with why}
     */
    boolean accepts(Text<?> format, String text, String otherwise) {
        if (format.read(text) instanceof Reading.Bad<?>(String why, _)) {
            notes.add(otherwise + ": it is not " + format.noun() + " (" + why + ").");
            return false;
        }
        return true;
    }

    /** {@return whether every variable in {@code text} is declared; if not, that is noted} */
    boolean resolves(String text, String otherwise) {
        boolean good =
                Template.read(text) instanceof Reading.Good<Template>(Template template)
                        && variables.keySet().containsAll(template.names());
        if (!good) {
            notes.add(
                    otherwise + ": " + Shown.of(text) + " uses variables that do not exist here.");
        }
        return good;
    }

    /** {@return whether {@code host} can be called from here, or once its variables are put in} */
    boolean acceptsOutbound(String host, String where) {
        String otherwise = "The allowed host %s of %s is left out".formatted(Shown.of(host), where);
        return Template.isIn(host)
                ? resolves(host, otherwise)
                : accepts(Hosts.OUTBOUND, host, otherwise);
    }

    /** Keeps the name of a file that stays where it is. */
    void reserve(String written) {
        String path = ForeignPath.inside(written);
        if (ForeignPath.isInside(path)) {
            files.put(path, path);
        }
    }

    /** {@return a free name for a copy of {@code original}, like {@code wish} where possible} */
    String copyOf(String original, String wish) {
        String free = wish;
        for (int i = 2; !files.getOrDefault(free, original).equals(original); i++) {
            free = i + "-" + wish;
        }
        files.put(free, original);
        return free;
    }

    /** Adds a function under a free name like {@code wish}; an equal one is used again. */
    String function(String wish, Map<String, Object> function) {
        Optional<String> same =
                functions.entrySet().stream()
                        .filter(known -> known.getValue().equals(function))
                        .map(Map.Entry::getKey)
                        .findFirst();
        return same.orElseGet(() -> {
            String name = free(functionName(wish));
            functions.put(name, function);
            return name;
        });
    }

    static String functionName(String wish) {
        return Names.FUNCTION.read(wish) instanceof Reading.Good<String>
                ? wish
                : BareModule.appName(wish);
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; functions.containsKey(free); i++) {
            String stem = name.substring(0, Math.min(name.length(), 56));
            free = stem + "-" + i;
        }
        return free;
    }

    /** Adds a route unless it is malformed or taken; both are noted. */
    void route(String written, Map<String, Object> settings) {
        String otherwise = "The route %s is left out".formatted(Shown.of(written));
        switch (RouteText.ROUTE.read(written)) {
            case Reading.Bad<RoutePattern>(String why, _) ->
                    notes.add(otherwise + ": it is not a route here (" + why + ").");
            case Reading.Good<RoutePattern>(RoutePattern route) -> {
                List<String> hosts =
                        settings.get("hosts") instanceof List<?> list
                                ? list.stream().map(Object::toString).toList()
                                : List.of();
                KeyPath path = KeyPath.ROOT.key("route");
                claims.add(new Claim(route, List.of(), hosts, path, Place.UNKNOWN));
                if (Claim.clashes(claims).isEmpty()) {
                    Map<String, Object> trigger = new LinkedHashMap<>();
                    trigger.put("route", written);
                    trigger.putAll(settings);
                    routes.add(trigger);
                } else {
                    claims.removeLast();
                    notes.add(otherwise + ": an earlier route takes the same requests.");
                }
            }
        }
    }

    /** {@return the finished text} */
    Parsed<Imported> finished() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("manifest_version", 1);
        root.put("app", app);
        if (!variables.isEmpty()) {
            root.put("variables", variables);
        }
        root.put("trigger", Map.of("http", routes));
        root.put("function", functions);
        String text = TomlText.of(root);
        return switch (ManifestReader.read(text)) {
            case Parsed.Valid<Manifest> _ -> new Parsed.Valid<>(new Imported(text, notes.all()));
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> new Parsed.Invalid<>(problems);
        };
    }
}
