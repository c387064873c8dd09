package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tokens promise, on whatever PostgreSQL. */
abstract class TokensContract {
    private static final Duration HOUR = Duration.ofHours(1);

    abstract Registry registry();

    private Tokens tokens() {
        return registry().tokens();
    }

    @Test
    void aTokenIsKnownByItsTextUntilItIsRevoked() {
        Tokens.Issued issued =
                tokens().issue("ci", Set.of(Scope.deploy("shop"), Scope.READ), HOUR, "alice");
        assertThat(tokens().check(issued.text())).isEqualTo(new TokenCheck.Valid(issued.token()));
        assertThat(tokens().list()).contains(issued.token());
        assertThat(tokens().revoke(issued.token().id(), "bob")).isTrue();
        assertThat(tokens().check(issued.text())).isEqualTo(new TokenCheck.Unknown());
        assertThat(tokens().revoke(issued.token().id(), "bob")).isFalse();
    }

    @Test
    void anExpiredTokenSaysSo() {
        Tokens.Issued issued =
                tokens().issue("brief", Set.of(Scope.READ), Duration.ofMillis(1), "alice");
        await().untilAsserted(() ->
                assertThat(tokens().check(issued.text()))
                        .isEqualTo(new TokenCheck.Expired(issued.token())));
    }

    @Test
    void whatIsNotATokenIsUnknown() {
        String text = tokens().issue("x", Set.of(Scope.ADMIN), HOUR, "alice").text();
        for (String wrong :
                new String[] {
                    "",
                    "mayfly_",
                    text + "a",
                    text.substring(0, text.length() - 1),
                    "Mayfly" + text.substring(6),
                    text.substring(0, 24),
                    "\0".repeat(80),
                    "mayfly_'; DROP TABLE tokens; --_aaaaaaaaaaaa"
                }) {
            assertThat(tokens().check(wrong)).as(wrong).isEqualTo(new TokenCheck.Unknown());
        }
        assertThat(tokens().check(text)).isInstanceOf(TokenCheck.Valid.class);
    }

    @Test
    void theTextIsInNothingThatIsShown() {
        Tokens.Issued issued = tokens().issue("shown", Set.of(Scope.ADMIN), HOUR, "alice");
        String secret = issued.text().substring(24);
        assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
        assertThat(issued.toString()).doesNotContain(secret);
        assertThat(registry().audit("", Long.MAX_VALUE, 10).toString())
                .contains("issue-token")
                .doesNotContain(secret);
    }

    @Test
    void aTokenNeedsANameScopesAndAnEnd() {
        assertThatThrownBy(() -> tokens().issue(" ", Set.of(Scope.READ), HOUR, "alice"))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> tokens().issue("x", Set.of(), HOUR, "alice"))
                .hasMessageContaining("scope");
        assertThatThrownBy(() -> tokens().issue("x", Set.of(Scope.READ), Duration.ZERO, "alice"))
                .hasMessageContaining("lifetime");
    }
}
