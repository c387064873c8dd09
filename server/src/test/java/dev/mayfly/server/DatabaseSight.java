package dev.mayfly.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The tables of a server, read past it. */
final class DatabaseSight implements AutoCloseable {
    private final Connection line;

    DatabaseSight(int port, String user, String password) throws SQLException {
        Properties login = new Properties();
        login.put("user", user);
        login.put("password", password);
        login.put("currentSchema", "mayfly");
        line =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", login);
    }

    long lastChange() throws SQLException {
        return number("SELECT number FROM head");
    }

    /** Rows that stand for half of something; none must be. */
    long halves() throws SQLException {
        return number(
                """
                SELECT (SELECT count(*) FROM revision_artifacts r JOIN artifacts a USING (digest)
                        WHERE NOT a.complete OR a.stored <> a.size)
                     + (SELECT count(*) FROM artifacts a WHERE a.stored <>
                        (SELECT coalesce(sum(length(c.bytes)), 0) FROM chunks c WHERE c.digest = a.digest))
                     + (SELECT count(*) FROM revisions r WHERE NOT EXISTS
                        (SELECT 1 FROM revision_artifacts x
                         WHERE x.app = r.app AND x.revision = r.number))
                     + (SELECT count(*) FROM apps a WHERE a.live > 0 AND
                        (SELECT sum(percent) FROM weights w WHERE w.app = a.name) <> 100)
                     + (SELECT count(*) FROM apps a WHERE a.live > 0 AND NOT EXISTS
                        (SELECT 1 FROM routes r WHERE r.app = a.name))
                     + abs((SELECT number FROM head) - (SELECT max(number) FROM changes))
                """);
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = line.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        line.close();
    }
}
