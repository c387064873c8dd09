package dev.mayfly.registry;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** SQL that no code of ours says: what an operator types, or a fault that a test plants. */
record ByHand(Coordinates at) {
    static ByHand on(String url) {
        return new ByHand(new Coordinates(PostgresUrl.read(url), 1, Duration.ofSeconds(4)));
    }

    void run(String sql) throws SQLException {
        try (Connection line = DriverManager.getConnection(at.url().jdbc(), at.driver());
                Statement statement = line.createStatement()) {
            statement.execute(sql);
        }
    }
}
