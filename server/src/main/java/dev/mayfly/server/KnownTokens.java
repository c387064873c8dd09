package dev.mayfly.server;

import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Token;
import dev.mayfly.registry.TokenCheck;
import dev.mayfly.registry.Tokens;
import dev.mayfly.registry.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens, and while the database is away remembers those that it confirmed within the hour:
 * an outage is when its state and its logs are wanted most. Nothing can be changed meanwhile, and
 * of a token only a hash is kept. Any thread.
 */
final class KnownTokens {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int KEPT = 256;

    private final Supplier<Tokens> tokens;

    /** Guarded by itself. */
    private final Map<Digest, Confirmed> confirmed =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Digest, Confirmed> eldest) {
                    return size() > KEPT;
                }
            };

    /**
     * {@code tokens}: asked for each time, as they may be away even before they were ever there.
     */
    KnownTokens(Supplier<Tokens> tokens) {
        this.tokens = tokens;
    }

    /** A token that was valid at a time. */
    private record Confirmed(Token token, Instant at) {
        boolean holds(Instant now) {
            return now.isBefore(at.plus(MEMORY)) && now.isBefore(token.expiresAt());
        }
    }

    TokenCheck check(String text) {
        Digest key = Digest.of(text.getBytes(StandardCharsets.UTF_8));
        try {
            TokenCheck check = tokens.get().check(text);
            remember(key, check);
            return check;
        } catch (UnavailableException e) {
            Confirmed known = recall(key);
            if (known == null || !known.holds(Instant.now())) {
                throw e;
            }
            return new TokenCheck.Valid(known.token());
        }
    }

    private void remember(Digest key, TokenCheck check) {
        synchronized (confirmed) {
            if (check instanceof TokenCheck.Valid(Token token)) {
                confirmed.put(key, new Confirmed(token, Instant.now()));
            } else {
                confirmed.remove(key);
            }
        }
    }

    private @Nullable Confirmed recall(Digest key) {
        synchronized (confirmed) {
            return confirmed.get(key);
        }
    }
}
