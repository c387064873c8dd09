package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokens in the database: {@code mayfly_<id>_<secret>}. The id finds the row, so the comparison
 * that decides is of two hashes and takes as long for every secret; an unknown id is compared with
 * a hash of nothing.
 */
@Singleton
final class StoredTokens implements Tokens {
    private static final String PREFIX = "mayfly_";
    private static final int ID_CHARS = 16;
    private static final Duration LONGEST = Duration.ofDays(3653);

    private final SecureRandom random = new SecureRandom();
    private final Database database;
    private final Ledger ledger;
    private final TokenRows tokens;

    StoredTokens(Database database, Ledger ledger, TokenRows tokens) {
        this.database = database;
        this.ledger = ledger;
        this.tokens = tokens;
    }

    @Override
    public Issued issue(String name, Set<Scope> scopes, Duration lifetime, String who) {
        check(name, scopes, lifetime);
        String id = randomText(ID_CHARS * 6 / 8);
        String secret = randomText(32);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        TokenRow row =
                new TokenRow(id, name, hash(secret), text(scopes), now, who, now.plus(lifetime));
        ledger.note(who, "issue-token", name + ": " + text(scopes), _ -> tokens.save(row));
        return new Issued(row.token(), PREFIX + id + "_" + secret);
    }

    private static void check(String name, Set<Scope> scopes, Duration lifetime) {
        if (name.isBlank() || scopes.isEmpty()) {
            throw new IllegalArgumentException("a token needs a name and at least one scope");
        }
        if (!lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "lifetime: " + lifetime + " (expected: more than 0, at most ten years)");
        }
    }

    private String randomText(int bytes) {
        byte[] text = new byte[bytes];
        random.nextBytes(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static byte[] hash(String secret) {
        return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Set<Scope> scopes) {
        return scopes.stream().map(Scope::toString).sorted().collect(Collectors.joining(" "));
    }

    @Override
    public TokenCheck check(String text) {
        int secret = PREFIX.length() + ID_CHARS + 1;
        boolean shaped =
                text.startsWith(PREFIX) && text.length() > secret && text.charAt(secret - 1) == '_';
        String id = shaped ? text.substring(PREFIX.length(), secret - 1) : "";
        Optional<TokenRow> row = database.read(() -> tokens.find(id));
        byte[] expected = row.map(TokenRow::hash).orElse(new byte[32]);
        boolean right = MessageDigest.isEqual(expected, hash(shaped ? text.substring(secret) : ""));
        return right && row.isPresent() ? dated(row.get().token()) : new TokenCheck.Unknown();
    }

    private static TokenCheck dated(Token token) {
        return Instant.now().isBefore(token.expiresAt())
                ? new TokenCheck.Valid(token)
                : new TokenCheck.Expired(token);
    }

    @Override
    public boolean revoke(String id, String who) {
        Optional<TokenRow> row = database.read(() -> tokens.find(id));
        return row.isPresent()
                && ledger.note(who, "revoke-token", row.get().name(), _ -> tokens.remove(id) > 0);
    }

    @Override
    public List<Token> list() {
        return database.read(() -> tokens.all().stream().map(TokenRow::token).toList());
    }
}
