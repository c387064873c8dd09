package dev.mayfly.gateway;

import dev.mayfly.http.Compression;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How each kind of setting is written. Every reading throws what was given and what is expected.
 */
final class SettingValues {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]:|([^:\\[\\]\\s]+):|:)?(\\d{1,5})");

    private static final Pattern DATABASE =
            Pattern.compile("(?:postgres|postgresql|jdbc:postgresql)://\\S+");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9-]{1,63}");

    private static final Pattern ENDPOINT = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#]*)?");
    private static final Pattern ADMIN_URL =
            Pattern.compile("https?://(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]{1,253})(:\\d{1,5})?/?");
    private static final Pattern RATIO = Pattern.compile("0(\\.\\d{1,9})?|1(\\.0{1,9})?");

    private SettingValues() {}

    static Duration duration(String text) {
        Duration duration = durationOrZero(text);
        if (duration.isZero()) {
            throw expected(text, "more than 0");
        }
        return duration;
    }

    static Duration durationOrZero(String text) {
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            throw expected(text, "a whole number with ms, s, m or h: 10s");
        }
        long amount = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    static long size(String text) {
        Matcher match = SIZE.matcher(text);
        if (!match.matches()) {
            throw expected(text, "a whole number with B, KiB, MiB or GiB: 64MiB");
        }
        int shift = 10 * UNITS.indexOf(match.group(2));
        long amount = Long.parseLong(match.group(1));
        if (amount == 0 || amount > Long.MAX_VALUE >> shift) {
            throw expected(text, "more than 0, less than 8 EiB");
        }
        return amount << shift;
    }

    static int count(String text) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) == 0) {
            throw expected(text, "a whole number from 1 to 999999");
        }
        return Integer.parseInt(text);
    }

    static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw expected(text, "true or false");
        };
    }

    static ServerSettings.Logs.Format format(String text) {
        return switch (text) {
            case "text" -> ServerSettings.Logs.Format.TEXT;
            case "json" -> ServerSettings.Logs.Format.JSON;
            default -> throw expected(text, "text or json");
        };
    }

    static Compression compression(String text) {
        return switch (text) {
            case "off" -> Compression.OFF;
            case "static" -> Compression.STATIC;
            case "all" -> Compression.ALL;
            default -> throw expected(text, "off, static or all");
        };
    }

    /** What is wrong is not repeated: it may hold a password. */
    static String databaseUrl(String text) {
        if (!DATABASE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "no address of a database (expected: postgres://user:password@host/database, or"
                            + " jdbc:postgresql://…)");
        }
        return text;
    }

    static String domain(String text) {
        String domain = text.toLowerCase(Locale.ROOT);
        if (!DOMAIN.matcher(domain).matches()) {
            throw expected(text, "a domain: preview.example.com");
        }
        return domain;
    }

    /** Where OTLP is taken over HTTP; without a path, at the one that it is taken at by custom. */
    static String endpoint(String text) {
        Matcher match = ENDPOINT.matcher(text);
        if (!match.matches()) {
            throw expected(text, "an address such as http://collector:4318");
        }
        return match.group(1) == null || match.group(1).equals("/")
                ? text.replaceFirst("/$", "") + "/v1/traces"
                : text;
    }

    static URI adminUrl(String text) {
        if (!ADMIN_URL.matcher(text).matches()) {
            throw expected(text, "an address such as http://10.0.0.5:3001, without a path");
        }
        return URI.create(text.replaceFirst("/$", ""));
    }

    static double ratio(String text) {
        if (!RATIO.matcher(text).matches()) {
            throw expected(text, "a number from 0 to 1, such as 0.01");
        }
        return Double.parseDouble(text);
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    static List<Path> paths(String text) {
        return list(text).stream().map(SettingValues::path).toList();
    }

    /**
     * A key in the place of its path would be named by whatever cannot open it: what has more than
     * one line is no path, and is not repeated.
     */
    static Path path(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "this is no path (expected: the path of a file or folder)");
        }
        return Path.of(text);
    }

    /** As {@link #size} reads it. */
    static String text(long bytes) {
        for (int i = UNITS.size() - 1; i > 0; i--) {
            int shift = 10 * i;
            if (bytes % (1L << shift) == 0) {
                return (bytes >> shift) + UNITS.get(i);
            }
        }
        return bytes + "B";
    }

    /** {@code 8080}, {@code :8080}, {@code host:port} or {@code [v6]:port}. */
    static ServerSettings.Address address(String text) {
        Matcher match = ADDRESS.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group(3)) > 65_535) {
            throw expected(text, "8080, :8080, host:port or [v6]:port, a port up to 65535");
        }
        return new ServerSettings.Address(host(text, match), Integer.parseInt(match.group(3)));
    }

    /** A bare port stays on this machine; a colon before it means every address. */
    private static String host(String text, Matcher match) {
        if (match.group(1) != null) {
            return match.group(1);
        }
        if (match.group(2) != null) {
            return match.group(2);
        }
        return text.startsWith(":") ? "0.0.0.0" : "127.0.0.1";
    }

    static IllegalArgumentException expected(String text, String expectation) {
        return new IllegalArgumentException("\"" + text + "\" (expected: " + expectation + ")");
    }
}
