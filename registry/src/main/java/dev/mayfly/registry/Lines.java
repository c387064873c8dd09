package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connections beside the pool's, for what holds one for long: a feed, a lease. */
@Singleton
final class Lines {
    private final Coordinates coordinates;

    Lines(Coordinates coordinates) {
        this.coordinates = coordinates;
    }

    Connection open() throws SQLException {
        return DriverManager.getConnection(coordinates.url().jdbc(), coordinates.driver());
    }

    String schema() {
        return coordinates.schema();
    }
}
