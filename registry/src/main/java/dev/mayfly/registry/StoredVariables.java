package dev.mayfly.registry;

import dev.mayfly.registry.Edit.Edited;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    public ChangeResult set(String app, Map<String, String> given, Intent intent) {
        Map<String, String> sorted = VariableNames.checked(given);
        return ledger.change(
                StoredApps.order(app, "set-variables", intent, words(sorted)),
                (row, number) -> {
                    apps.put(row.name(), number);
                    sorted.forEach((name, value) -> {
                        safe.remove(row.name(), name);
                        variables.put(row.name(), name, value);
                    });
                    return new Edited.Made(0, String.join(", ", sorted.keySet()));
                });
    }

    private static List<String> words(Map<String, String> values) {
        List<String> words = new ArrayList<>();
        values.forEach((name, value) -> {
            words.add(name);
            words.add(value);
        });
        return words;
    }

    @Override
    public ChangeResult setSecrets(String app, Map<String, String> given, Intent intent) {
        Map<String, String> sorted = VariableNames.checked(given);
        return ledger.change(
                StoredApps.order(app, "set-secrets", intent, safe.fingerprints(sorted)),
                (row, number) -> {
                    apps.put(row.name(), number);
                    sorted.forEach((name, value) -> {
                        variables.remove(row.name(), name);
                        safe.put(row.name(), name, value);
                    });
                    return new Edited.Made(0, String.join(", ", sorted.keySet()));
                });
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
