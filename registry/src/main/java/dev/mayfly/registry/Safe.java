package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Secrets, sealed on their way in; within the caller's transaction. */
@Singleton
final class Safe {
    private final SecretRows secrets;
    private final Keyring keys;

    Safe(SecretRows secrets, Keyring keys) {
        this.secrets = secrets;
        this.keys = keys;
    }

    void put(String app, String name, String value) {
        Keyring.Sealed sealed = keys.seal(app, name, value);
        secrets.put(app, name, sealed.keyId(), sealed.bytes());
    }

    int remove(String app, String name) {
        return secrets.remove(app, name);
    }

    List<Variables.SecretName> names(String app) {
        return secrets.of(app).stream()
                .map(row -> new Variables.SecretName(row.name(), row.keyId()))
                .toList();
    }

    /**
     * What to know a request again by. A plain hash of a short secret could be guessed; this needs
     * the key.
     */
    List<String> fingerprints(Map<String, String> values) {
        List<String> words = new ArrayList<>();
        values.forEach((name, value) -> {
            words.add(name);
            words.add(keys.fingerprint(value));
        });
        return words;
    }

    void newKey() {
        keys.rotate();
    }

    String keyId() {
        return keys.newest();
    }

    int sealAnew() {
        List<SecretRow> old = secrets.notUnder(keys.newest());
        old.forEach(row -> put(row.app(), row.name(), keys.open(row)));
        return old.size();
    }
}
