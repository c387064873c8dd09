package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PostgresUrlTest {
    @Test
    void bothFormsMeanTheSame() {
        PostgresUrl expected =
                new PostgresUrl(
                        "jdbc:postgresql://db.example:6000/mayfly",
                        "me",
                        "p@ss +${x}",
                        Map.of("sslmode", "require"));
        assertThat(
                        PostgresUrl.read(
                                "postgres://me:p%40ss%20+$%7Bx%7D@db.example:6000/mayfly?sslmode=require"))
                .isEqualTo(expected);
        assertThat(
                        PostgresUrl.read(
                                "jdbc:postgresql://db.example:6000/mayfly?user=me&password=p%40ss%20+$%7Bx%7D&sslmode=require"))
                .isEqualTo(expected);
        assertThat(expected).hasToString("postgresql://db.example:6000/mayfly as me");
    }

    @Test
    void userPasswordAndPortMayBeLeftOut() {
        assertThat(PostgresUrl.read("postgresql://[::1]/db"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://[::1]:5432/db", "", "", Map.of()));
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutRepeatingIt() {
        for (String text :
                List.of(
                        "",
                        "planted",
                        "postgres:planted",
                        "postgres://u:planted@/db",
                        "postgres://u:planted@host",
                        "http://u:planted@host/db",
                        "jdbc:h2:mem:planted")) {
            assertThatThrownBy(() -> PostgresUrl.read(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .hasMessageContaining("postgres://user:password@host:port/database")
                    .hasMessageNotContaining("planted");
        }
    }
}
