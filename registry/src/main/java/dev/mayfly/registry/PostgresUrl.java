package dev.mayfly.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An address of a database, taken apart, so that nothing secret is left in what the pool, the
 * migrations and the driver may print.
 *
 * @param jdbc host, port and database only
 * @param user empty for the driver's default
 * @param password empty for none; never shown
 * @param options the driver's, by name; never shown, as one may be a password
 */
record PostgresUrl(String jdbc, String user, String password, Map<String, String> options) {
    private static final String JDBC = "jdbc:";
    private static final String EXPECTED =
            "expected: postgres://user:password@host:port/database or"
                    + " jdbc:postgresql://host:port/database";

    PostgresUrl {
        options = Map.copyOf(options);
    }

    static PostgresUrl read(String text) {
        String address = text.strip();
        URI uri = parse(address.startsWith(JDBC) ? address.substring(JDBC.length()) : address);
        Map<String, String> options = options(Optional.ofNullable(uri.getRawQuery()).orElse(""));
        String[] user = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
        String name = Optional.ofNullable(options.remove("user")).orElse(decoded(user[0]));
        String password =
                Optional.ofNullable(options.remove("password"))
                        .orElse(user.length == 2 ? decoded(user[1]) : "");
        return new PostgresUrl(place(uri), name, password, options);
    }

    /** The cause is left out: it repeats the whole text. */
    private static URI parse(String text) {
        Optional<URI> uri = uri(text);
        if (uri.isEmpty() || !isPostgres(uri.get())) {
            throw new IllegalArgumentException(
                    "the database's address cannot be read ("
                            + EXPECTED
                            + "; write special characters of a password as %XX)");
        }
        return uri.get();
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(URI uri) {
        boolean scheme = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return scheme && uri.getHost() != null && path.length() > 1;
    }

    private static String place(URI uri) {
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        return JDBC + "postgresql://" + uri.getHost() + ":" + port + uri.getRawPath();
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                options.put(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return options;
    }

    /** As in a URI: a plus sign is itself. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbc.substring(JDBC.length()) + (user.isEmpty() ? "" : " as " + user);
    }
}
