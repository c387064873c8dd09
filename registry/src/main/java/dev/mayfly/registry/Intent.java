package dev.mayfly.registry;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who wants a change, and under which conditions.
 *
 * @param who for the audit log: a token's name
 * @param ifVersion only if the app is at this version, 0 for an app that is not there
 * @param idempotencyKey a change already made under this key, by the same caller, is answered and
 *     not made again
 */
public record Intent(String who, OptionalLong ifVersion, Optional<String> idempotencyKey) {
    /** Refuses a nameless caller and a key that is no key. */
    public Intent {
        if (who.isBlank()) {
            throw new IllegalArgumentException("who is empty (expected: the caller's name)");
        }
        idempotencyKey.ifPresent(Intent::checkKey);
    }

    /**
     * {@return the unconditional wish of {@code who}}
     *
     * @param who the caller
     */
    public static Intent of(String who) {
        return new Intent(who, OptionalLong.empty(), Optional.empty());
    }

    /**
     * {@return the same, only if the app is at {@code version}}
     *
     * @param version as of {@link AppState#version}
     */
    public Intent ifAt(long version) {
        return new Intent(who, OptionalLong.of(version), idempotencyKey);
    }

    /**
     * {@return the same, at most once}
     *
     * @param key 1 to 255 characters of the caller's choice
     */
    public Intent once(String key) {
        return new Intent(who, ifVersion, Optional.of(key));
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.length() > 255) {
            throw new IllegalArgumentException(
                    "idempotency key of " + key.length() + " characters (expected: 1 to 255)");
        }
    }
}
