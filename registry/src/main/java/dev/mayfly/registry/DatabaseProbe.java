package dev.mayfly.registry;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Asks a database whether a server could use it, and changes nothing there. */
final class DatabaseProbe {
    private static final int OLDEST = 14;

    private static final String QUESTION =
            "SELECT current_setting('server_version_num')::int / 10000,"
                    + " CASE WHEN to_regnamespace(quote_ident(?)) IS NULL"
                    + " THEN has_database_privilege(current_database(), 'CREATE')"
                    + " ELSE has_schema_privilege(to_regnamespace(quote_ident(?))::oid, 'CREATE')"
                    + " END";

    private DatabaseProbe() {}

    /** {@return what is in the way} Takes a connection for a moment; blocks. */
    static Optional<String> flaw(Coordinates coordinates) {
        try (Connection connection =
                        DriverManager.getConnection(
                                coordinates.url().jdbc(), coordinates.driver());
                PreparedStatement question = connection.prepareStatement(QUESTION)) {
            question.setString(1, coordinates.schema());
            question.setString(2, coordinates.schema());
            try (ResultSet answer = question.executeQuery()) {
                answer.next();
                return flaw(answer.getInt(1), answer.getBoolean(2), coordinates.schema());
            }
        } catch (SQLException e) {
            return Optional.of(
                    Failures.unavailable(e)
                            .map(UnavailableException::getMessage)
                            .orElse(
                                    "the database does not answer as it should: "
                                            + e.getMessage()));
        }
    }

    private static Optional<String> flaw(int version, boolean mayCreate, String schema) {
        if (version < OLDEST) {
            return Optional.of("the database is PostgreSQL " + version + " (expected: 14 to 18)");
        }
        return mayCreate
                ? Optional.empty()
                : Optional.of(
                        "its user may not make tables in the schema "
                                + schema
                                + " (expected: the right CREATE)");
    }
}
