package dev.mayfly.registry;

import java.time.Duration;
import java.util.Properties;

/**
 * How a connection is made: the pool's and those beside it alike.
 *
 * @param url where to
 * @param connections most at once
 * @param patience longest wait for a connection, a lock or an answer
 */
record Coordinates(PostgresUrl url, int connections, Duration patience) {
    private static final String SCHEMA = "currentSchema";

    /**
     * Ours, so that a database may be shared; {@code currentSchema} of the address names another.
     */
    String schema() {
        return url.options().getOrDefault(SCHEMA, "mayfly");
    }

    /**
     * The driver's properties. A server that hangs ends a call by the socket's timeout; a peer that
     * hangs within its transaction loses it, and the locks with it, by the server's.
     */
    Properties driver() {
        Properties driver = new Properties();
        driver.putAll(url.options());
        if (!url.user().isEmpty()) {
            driver.put("user", url.user());
        }
        if (!url.password().isEmpty()) {
            driver.put("password", url.password());
        }
        driver.put(SCHEMA, schema());
        driver.put("connectTimeout", seconds(1));
        driver.put("socketTimeout", seconds(3));
        driver.put("tcpKeepAlive", "true");
        driver.put("ApplicationName", "mayfly");
        // The detail of an error holds values of rows.
        driver.put("logServerErrorDetail", "false");
        driver.merge("options", timeouts(), (given, ours) -> ours + " " + given);
        return driver;
    }

    private String timeouts() {
        long millis = patience.toMillis();
        return "-c lock_timeout=%d -c statement_timeout=%d -c idle_in_transaction_session_timeout=%d"
                .formatted(millis, 2 * millis, 2 * millis);
    }

    private String seconds(int times) {
        return Long.toString(Math.max(1, patience.multipliedBy(times).plusMillis(999).toSeconds()));
    }

    /** {@return the address without its password} */
    @Override
    public String toString() {
        return url.toString();
    }
}
