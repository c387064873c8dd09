package dev.mayfly.registry;

import dev.mayfly.registry.Edit.Edited;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Variables and secrets in the database. */
@Singleton
final class StoredVariables implements Variables {
    private final Database database;
    private final Ledger ledger;
    private final AppRows apps;
    private final VariableRows variables;
    private final Safe safe;
    private final Values values;

    StoredVariables(
            Database database,
            Ledger ledger,
            AppRows apps,
            VariableRows variables,
            Safe safe,
            Values values) {
        this.database = database;
        this.ledger = ledger;
        this.apps = apps;
        this.variables = variables;
        this.safe = safe;
        this.values = values;
    }

    @Override
    public ChangeResult set(
            String app, Map<String, String> given, Set<String> remove, Intent intent) {
        Map<String, String> sorted = VariableNames.checked(given);
        return ledger.change(
                StoredApps.order(app, "set-variables", intent, words(words(sorted), remove)),
                (row, number) -> {
                    Optional<Edited> missing = removed(remove, name -> variables.remove(app, name));
                    apps.put(row.name(), number);
                    sorted.forEach((name, value) -> {
                        safe.remove(row.name(), name);
                        variables.put(row.name(), name, value);
                    });
                    return missing.orElseGet(() -> made(sorted.keySet(), remove));
                });
    }

    @Override
    public ChangeResult setSecrets(
            String app, Map<String, String> given, Set<String> remove, Intent intent) {
        Map<String, String> sorted = VariableNames.checked(given);
        return ledger.change(
                StoredApps.order(
                        app, "set-secrets", intent, words(safe.fingerprints(sorted), remove)),
                (row, number) -> {
                    Optional<Edited> missing = removed(remove, name -> safe.remove(app, name));
                    apps.put(row.name(), number);
                    sorted.forEach((name, value) -> {
                        variables.remove(row.name(), name);
                        safe.put(row.name(), name, value);
                    });
                    return missing.orElseGet(() -> made(sorted.keySet(), remove));
                });
    }

    /** What a request is known again by; nothing is added for one that removes nothing. */
    private static List<String> words(List<String> set, Set<String> remove) {
        List<String> words = new ArrayList<>(set);
        if (!remove.isEmpty()) {
            words.add("remove");
            words.addAll(new TreeSet<>(remove));
        }
        return words;
    }

    private static List<String> words(Map<String, String> values) {
        List<String> words = new ArrayList<>();
        values.forEach((name, value) -> {
            words.add(name);
            words.add(value);
        });
        return words;
    }

    /** Removes all that are there; what is answered if one is not, which takes all back. */
    private static Optional<Edited> removed(Set<String> names, ToIntFunction<String> removal) {
        return new TreeSet<>(names)
                .stream()
                        .filter(name -> removal.applyAsInt(name) == 0)
                        .map(name -> Edits.missing("the name " + name))
                        .findFirst();
    }

    private static Edited made(Set<String> set, Set<String> removed) {
        List<String> names = new ArrayList<>(set);
        new TreeSet<>(removed).forEach(name -> names.add("without " + name));
        return new Edited.Made(0, String.join(", ", names));
    }

    @Override
    public ChangeResult remove(String app, String name, Intent intent) {
        return ledger.change(
                StoredApps.order(app, "remove-variable", intent, List.of(name)),
                (row, number) -> {
                    if (variables.remove(app, name) + safe.remove(app, name) == 0) {
                        return Edits.missing("the variable " + name + " of " + app);
                    }
                    apps.put(app, number);
                    return new Edited.Made(0, name);
                });
    }

    @Override
    public Map<String, String> shown(String app) {
        return database.read(() -> {
            Map<String, String> shown = new LinkedHashMap<>();
            variables.of(app).forEach(row -> shown.put(row.name(), row.value()));
            return shown;
        });
    }

    @Override
    public List<SecretName> secrets(String app) {
        return database.read(() -> safe.names(app));
    }

    @Override
    public Map<String, String> forRun(String app) {
        return database.read(() -> new TreeMap<>(values.of(app)));
    }

    @Override
    public int rotateKeys(String who) {
        safe.newKey();
        return ledger.note(who, "rotate-keys", safe.keyId(), _ -> safe.sealAnew());
    }
}
