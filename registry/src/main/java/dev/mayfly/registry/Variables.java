package dev.mayfly.registry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An app's variables, and its secrets, which nobody reads back but a run. Both may be set before
 * the first deploy, and count as changes of the app. A name is one or the other: what is set last.
 * Calls block and throw {@link UnavailableException}. Any thread.
 */
public interface Variables {
    /**
     * Sets variables that may be shown.
     *
     * @param app whose
     * @param values by name, all at once
     * @param intent who, and under which conditions
     * @return how it ended; a live revision that cannot be resolved any more refuses it
     */
    default ChangeResult set(String app, Map<String, String> values, Intent intent) {
        return set(app, values, Set.of(), intent);
    }

    /**
     * Sets variables that may be shown, and removes others, as one change.
     *
     * @param app whose
     * @param values by name
     * @param remove names of variables
     * @param intent who, and under which conditions
     * @return how it ended; a live revision that cannot be resolved any more refuses it
     */
    ChangeResult set(String app, Map<String, String> values, Set<String> remove, Intent intent);

    /**
     * Sets secrets. They are sealed before they leave this process.
     *
     * @param app whose
     * @param values by name, all at once
     * @param intent who, and under which conditions
     * @return how it ended
     */
    default ChangeResult setSecrets(String app, Map<String, String> values, Intent intent) {
        return setSecrets(app, values, Set.of(), intent);
    }

    /**
     * Sets secrets, and removes others, as one change.
     *
     * @param app whose
     * @param values by name
     * @param remove names of secrets
     * @param intent who, and under which conditions
     * @return how it ended
     */
    ChangeResult setSecrets(
            String app, Map<String, String> values, Set<String> remove, Intent intent);

    /**
     * Removes a variable or a secret.
     *
     * @param app whose
     * @param name which
     * @param intent who, and under which conditions
     * @return how it ended; a live revision that needs it refuses it
     */
    ChangeResult remove(String app, String name, Intent intent);

    /**
     * {@return the variables that may be shown, by name}
     *
     * @param app whose
     */
    Map<String, String> shown(String app);

    /**
     * {@return the secrets, without their values, by name}
     *
     * @param app whose
     */
    List<SecretName> secrets(String app);

    /**
     * Everything, secrets opened, for a run and for nothing else: what this returns is in no log,
     * answer or error.
     *
     * @param app whose
     * @return values by name
     */
    Map<String, String> forRun(String app);

    /**
     * Seals every secret anew: with a new key, if the keys are in a file of this server, else with
     * the first one given. Older keys stay, for backups.
     *
     * @param who for the audit log
     * @return how many were sealed anew
     */
    int rotateKeys(String who);

    /**
     * A secret that is set.
     *
     * @param name its name
     * @param keyId of the key it is sealed with
     */
    record SecretName(String name, String keyId) {}
}
