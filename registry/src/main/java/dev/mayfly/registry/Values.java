package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** What an app's variables and secrets are. The one place where secrets are opened. */
@Singleton
final class Values {
    private final VariableRows variables;
    private final SecretRows secrets;
    private final Keyring keys;

    Values(VariableRows variables, SecretRows secrets, Keyring keys) {
        this.variables = variables;
        this.secrets = secrets;
        this.keys = keys;
    }

    /** Within the caller's transaction. */
    Map<String, String> of(String app) {
        Map<String, String> values = new HashMap<>();
        variables.of(app).forEach(row -> values.put(row.name(), row.value()));
        secrets.of(app).forEach(row -> values.put(row.name(), keys.open(row)));
        return values;
    }
}
