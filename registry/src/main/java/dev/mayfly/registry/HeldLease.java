package dev.mayfly.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An advisory lock of a connection of its own: it ends with the process, however that ends. */
final class HeldLease implements Lease {
    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);
    private static final int SECONDS = 2;
    private static final String TAKE =
            "SELECT pg_try_advisory_lock(hashtextextended(?, 0)) AS taken";

    private final Connection line;

    private HeldLease(Connection line) {
        this.line = line;
    }

    static Optional<Lease> take(Lines lines, String name) {
        try {
            Connection line = lines.open();
            if (isTaken(line, lines.schema() + "/" + name)) {
                return Optional.of(new HeldLease(line));
            }
            line.close();
            return Optional.empty();
        } catch (SQLException e) {
            throw Failures.unavailable(e)
                    .map(RuntimeException.class::cast)
                    .orElseGet(() -> new IllegalStateException("no lease on " + name, e));
        }
    }

    private static boolean isTaken(Connection line, String name) throws SQLException {
        try (PreparedStatement take = line.prepareStatement(TAKE)) {
            take.setString(1, name);
            try (ResultSet row = take.executeQuery()) {
                return row.next() && row.getBoolean("taken");
            }
        } catch (SQLException e) {
            line.close();
            throw e;
        }
    }

    @Override
    public boolean isHeld() {
        try {
            return line.isValid(SECONDS);
        } catch (SQLException e) {
            LOG.debug("a lease is lost", e);
            return false;
        }
    }

    @Override
    public void close() {
        try {
            line.close();
        } catch (SQLException e) {
            LOG.debug("a lease was lost before it was given back", e);
        }
    }
}
