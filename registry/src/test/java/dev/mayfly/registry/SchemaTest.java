package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database refuses by itself, whatever code or hand asks for it. */
final class SchemaTest {
    private static OwnServer server;
    private static Registry registry;
    private static ByHand hand;

    @BeforeAll
    static void open() throws Exception {
        server = OwnServer.embedded();
        String url = server.url() + "?currentSchema=by_hand";
        registry = Registry.open(Registries.settings(url, Registries.folder(), Retention.DEFAULT));
        Sample.upload(registry);
        registry.apps().commit(Sample.revision("shop"), Sample.ALICE);
        registry.apps().commit(Sample.revision("other"), Sample.ALICE);
        hand = ByHand.on(url);
    }

    @AfterAll
    static void close() throws Exception {
        registry.close();
        server.close();
    }

    @Test
    void routesThatOverlap() {
        for (String method : List.of("GET", "~", "*", "A")) {
            assertThatThrownBy(() ->
                            hand.run(
                                    "INSERT INTO routes (app, host, shape, method, pattern)"
                                            + " SELECT 'other', host, shape, '"
                                            + method
                                            + "', pattern FROM routes WHERE app = 'shop'"))
                    .as(method)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isIn("23P01", "23505"));
        }
    }

    @Test
    void butNotThoseThatDoNot() throws SQLException {
        hand.run(
                "INSERT INTO routes (app, host, shape, method, pattern)"
                        + " SELECT 'other', host, shape, 'OPTIONS', pattern FROM routes"
                        + " WHERE app = 'shop'");
        assertThat(registry.apps().routes())
                .contains(new Route("other", "shop.example", "/...", "OPTIONS"));
    }

    @Test
    void weightsThatDoNotSumToAHundred() {
        assertThatThrownBy(() -> hand.run("UPDATE weights SET percent = 90 WHERE app = 'shop'"))
                .hasMessageContaining("the weights of shop sum to 90, not to 100");
    }

    @Test
    void aChangeOfARevision() {
        assertThatThrownBy(() -> hand.run("UPDATE revisions SET manifest = '' WHERE app = 'shop'"))
                .hasMessageContaining("revision 1 of shop is immutable");
    }

    @Test
    void theEndOfWhatIsInUse() {
        for (String table : List.of("revisions", "artifacts", "apps")) {
            assertThatThrownBy(() -> hand.run("DELETE FROM " + table))
                    .as(table)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("23503"));
        }
    }

    @Test
    void aSecretMovedToAnotherRowDoesNotOpen() throws SQLException {
        registry.variables().setSecrets("shop", Map.of("key", "planted"), Sample.ALICE);
        hand.run("UPDATE secrets SET name = 'moved' WHERE app = 'shop'");
        assertThatThrownBy(() -> registry.variables().forRun("shop"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("moved of shop does not open")
                .hasMessageNotContaining("planted");
    }
}
