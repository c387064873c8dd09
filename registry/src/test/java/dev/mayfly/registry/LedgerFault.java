package dev.mayfly.registry;

import java.sql.SQLException;

/**
 * Mistakes a ledger could make, planted under it in the database, and the property that each must
 * turn red.
 */
enum LedgerFault {
    NOBODY_WAITS_FOR_THE_HEAD(
            Interleavings::ofDeploysAtOneVersionOneWins,
            """
            ALTER TABLE head RENAME TO real_head;
            CREATE FUNCTION glance() RETURNS bigint LANGUAGE sql AS 'SELECT number FROM real_head';
            CREATE VIEW head AS SELECT number FROM glance() AS number;
            """
                    + trigger(
                            "INSTEAD OF UPDATE",
                            "head",
                            "UPDATE real_head SET number = NEW.number; RETURN NEW;")),
    A_VERSION_STAYS_WHAT_IT_WAS(
            Interleavings::ofDeploysAtOneVersionOneWins,
            trigger("BEFORE INSERT OR UPDATE", "apps", "NEW.version := 0; RETURN NEW;")),
    A_ROUTE_IS_CLAIMED_UNDER_ANOTHER_SHAPE(
            Interleavings::ofAppsThatClaimOneRouteOneGetsIt,
            trigger("BEFORE INSERT", "routes", "NEW.shape := NEW.shape || NEW.app; RETURN NEW;")),
    A_ROUTE_IS_NOT_CLAIMED(
            Interleavings::ofAppsThatClaimOneRouteOneGetsIt,
            trigger("BEFORE INSERT", "routes", "RETURN NULL;")),
    A_KEY_IS_FORGOTTEN(
            Interleavings::aKeyUsedAtTheSameMomentIsOneDeploy,
            trigger("BEFORE INSERT", "answers", "RETURN NULL;")),
    A_PERCENT_IS_LOST(
            Interleavings::anAppStaysWhole,
            "DROP TRIGGER weights_are_whole ON weights;"
                    + trigger(
                            "BEFORE INSERT",
                            "weights",
                            "NEW.percent := greatest(1, NEW.percent - 1); RETURN NEW;")),
    WHAT_IS_LIVE_STAYS_LIVE(
            Interleavings::anAppStaysWhole,
            trigger(
                    "BEFORE UPDATE",
                    "apps",
                    "IF OLD.live > 0 THEN NEW.live := OLD.live; END IF; RETURN NEW;")),
    A_LINE_OF_THE_AUDIT_LOG_IS_LOST(
            Interleavings::anAppStaysWhole,
            trigger(
                    "BEFORE INSERT",
                    "changes",
                    "IF NEW.number % 3 = 0 THEN RETURN NULL; END IF; RETURN NEW;"));

    @SuppressWarnings("ImmutableEnumChecker") // each is a method, which has no state
    private final Interleavings.Property property;

    private final String sql;

    LedgerFault(Interleavings.Property property, String sql) {
        this.property = property;
        this.sql = sql;
    }

    private static String trigger(String when, String table, String body) {
        return "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                + body
                + " END $$; CREATE TRIGGER fault "
                + when
                + " ON "
                + table
                + " FOR EACH ROW EXECUTE FUNCTION fault();";
    }

    Interleavings.Property property() {
        return property;
    }

    void plant(String url) throws SQLException {
        ByHand.on(url).run(sql);
    }
}
