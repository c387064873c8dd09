package dev.mayfly.gateway;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.ServerLimits;
import dev.mayfly.pool.RuntimeSettings;
import java.io.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Puts the sources of settings over one another and reads every key; all problems at once. */
final class SettingsReader {
    private static final String PREFIX = "MAYFLY_";

    private static final long DEFAULT_CACHE = RuntimeSettings.DEFAULT_CACHE_BYTES;

    /** Values of an app's variables, read by whoever resolves its manifest. */
    private static final String VARIABLES = "MAYFLY_VARIABLE_";

    private final Map<String, String> environment;
    private final Map<String, SettingsFile.Given> given = new LinkedHashMap<>();
    private final ValueFiles valueFiles = new ValueFiles();
    private final Map<String, SettingsFile.Given> unread;
    private final List<String> known = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    SettingsReader(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        this.environment = environment;
        file.ifPresent(path -> given.putAll(SettingsFile.read(path, problems)));
        environment.forEach(this::takeVariable);
        flags.forEach((key, text) -> given.put(key, SettingsFile.Given.flag(key, text)));
        unread = new LinkedHashMap<>(given);
    }

    private void takeVariable(String name, String text) {
        if (name.startsWith(PREFIX) && !name.startsWith(VARIABLES)) {
            String key = keyOf(name.substring(PREFIX.length()));
            given.put(key, SettingsFile.Given.variable(name, text));
            valueFiles.notice(key, SettingsFile.Given.variable(name, text));
        }
    }

    /**
     * {@code RUNTIME_GUEST_THREADS} to {@code runtime.guest_threads}: only a table's dot is lost.
     */
    private static String keyOf(String variable) {
        String key = variable.toLowerCase(Locale.ROOT);
        for (String table :
                List.of(
                        "runtime",
                        "memory",
                        "limits",
                        "rate_limit",
                        "metrics",
                        "activations",
                        "tracing",
                        "spool",
                        "cache",
                        "logs",
                        "data",
                        "database",
                        "secrets",
                        "preview",
                        "kafka",
                        "tls",
                        "admin.tls")) {
            if (key.startsWith(table.replace('.', '_') + "_")) {
                return table + "." + key.substring(table.length() + 1);
            }
        }
        return key;
    }

    Parsed<ServerSettings> read() {
        ServerSettings settings =
                new ServerSettings(
                        value("listen", "127.0.0.1:3000", SettingValues::address),
                        optional("admin_listen", SettingValues::address),
                        connections(),
                        new ServerSettings.Drain(
                                value("drain_delay", "0s", SettingValues::durationOrZero),
                                value("drain_timeout", "30s", SettingValues::duration)),
                        guests(),
                        limits(),
                        value("trusted_proxies", "", SettingsReader::proxies),
                        value("rate_limit.callers", "10000", SettingValues::count),
                        new ServerSettings.Metrics(
                                value("metrics.functions", "500", SettingValues::count),
                                value("metrics.public", "false", SettingValues::yesOrNo)),
                        new ServerSettings.Activations(
                                value("activations.kept", "10000", SettingValues::count),
                                value("activations.recorded_bytes", "16MiB", SettingValues::size)),
                        new ServerSettings.Tracing(
                                optional("tracing.endpoint", SettingValues::endpoint),
                                value("tracing.ratio", "0", SettingValues::ratio)),
                        new ServerSettings.Spool(
                                value("spool.folder", defaultSpool(), Path::of),
                                value("spool.budget", "1GiB", SettingValues::size)),
                        logs(),
                        control(),
                        transport(),
                        new KafkaKeys(this).read());
        unread.forEach(this::unknown);
        problems.sort(Comparator.comparingInt(Problem::line));
        return problems.isEmpty() ? new Parsed.Valid<>(settings) : new Parsed.Invalid<>(problems);
    }

    private ServerSettings.Logs logs() {
        return new ServerSettings.Logs(
                value("log_format", defaultFormat(), SettingValues::format),
                value("access_log", "true", SettingValues::yesOrNo),
                new ServerSettings.Kept(
                        value("logs.lines", "10000", SettingValues::count),
                        value("logs.bytes", "16MiB", SettingValues::size)),
                new ServerSettings.Stored(
                        optional("logs.folder", Path::of),
                        value("logs.stored_bytes", "64MiB", SettingValues::size)));
    }

    private ServerSettings.Connections connections() {
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new ServerSettings.Connections(
                value("event_loops", String.valueOf(half), SettingValues::count),
                value("max_connections", "10000", SettingValues::count),
                value("header_timeout", "10s", SettingValues::duration),
                value("body_timeout", "30s", SettingValues::duration),
                value("idle_timeout", "60s", SettingValues::duration));
    }

    private ServerSettings.Guests guests() {
        Runtime jvm = Runtime.getRuntime();
        int threads = Math.max(8, 4 * jvm.availableProcessors());
        return new ServerSettings.Guests(
                value("runtime.guest_threads", String.valueOf(threads), SettingValues::count),
                value(
                        "runtime.max_blocked",
                        Integer.toString(ServerSettings.Guests.DEFAULT_MAX_BLOCKED),
                        SettingValues::count),
                value("memory.budget", jvm.maxMemory() / 2 + "B", SettingValues::size),
                new ServerSettings.Cache(
                        value("cache.folder", defaultCache(), Path::of),
                        value("cache.max_bytes", DEFAULT_CACHE + "B", SettingValues::size)));
    }

    private ServerLimits limits() {
        return new ServerLimits(
                value("limits.max_memory", "1GiB", SettingValues::size),
                value("limits.max_timeout", "5m", SettingValues::duration),
                value("limits.max_request_body", "1GiB", SettingValues::size));
    }

    private ServerSettings.Control control() {
        return new ServerSettings.Control(
                value("data.folder", defaultData(), Path::of),
                optional("database.url", SettingValues::databaseUrl),
                value("secrets.keys", "", SettingValues::list),
                optional("preview.domain", SettingValues::domain));
    }

    private ServerSettings.Transport transport() {
        boolean proxied = value("proxy_protocol", "false", SettingValues::yesOrNo);
        if (proxied && !given.containsKey("trusted_proxies")) {
            problems.add(
                    new Problem(
                            0,
                            0,
                            "proxy_protocol",
                            "no proxy is trusted to say who its clients are",
                            "name the proxies in trusted_proxies"));
        }
        return new ServerSettings.Transport(
                optional("tls.listen", SettingValues::address),
                tls("tls", Optional.empty()),
                tls("admin.tls", optional("admin.tls.client_authority", Path::of)),
                proxied,
                value("compression", "static", SettingValues::compression));
    }

    private ServerSettings.Tls tls(String table, Optional<Path> clientAuthority) {
        List<Path> certificates = value(table + ".certificate", "", SettingValues::paths);
        List<Path> keys = value(table + ".key", "", SettingValues::paths);
        TlsRules rules = new TlsRules(table, certificates, keys, clientAuthority);
        rules.problem(given.keySet()).ifPresent(problems::add);
        return rules.settings();
    }

    /** A list that the trigger takes: addresses and CIDR blocks. */
    private static List<String> proxies(String text) {
        List<String> proxies = SettingValues.list(text);
        Objects.requireNonNull(Main.trigger(proxies, Journal.silent()));
        return proxies;
    }

    private String defaultCache() {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        String caches = environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache");
        return Path.of(caches, "mayfly").toString();
    }

    private String defaultData() {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        String data = environment.getOrDefault("XDG_DATA_HOME", home + "/.local/share");
        return Path.of(data, "mayfly").toString();
    }

    private static String defaultSpool() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "mayfly-spool").toString();
    }

    private static String defaultFormat() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? "text"
                : "json";
    }

    <T> T value(String key, String fallback, Function<String, T> reading) {
        return optional(key, reading).orElseGet(() -> reading.apply(fallback));
    }

    /** The value of {@code key} as given; nothing, and a problem, if it cannot be read. */
    <T> Optional<T> optional(String key, Function<String, T> reading) {
        known.add(key);
        unread.remove(key);
        valueFiles.variableOf(key).ifPresent(unread::remove);
        SettingsFile.Given text = valueFiles.over(key, given.get(key), problems);
        if (text == null) {
            return Optional.empty();
        }
        given.put(key, text);
        try {
            return Optional.of(reading.apply(text.text()));
        } catch (IllegalArgumentException e) {
            problems.add(text.unreadable(key, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Of a key that was given, and can be read, but does not go with the others. */
    void complain(String key, String message, String mend) {
        SettingsFile.Given text = given.get(key);
        if (text != null) {
            problems.add(text.problem(key, message, mend));
        }
    }

    private void unknown(String key, SettingsFile.Given text) {
        problems.add(
                text.problem(
                        key,
                        text.from() + " is no setting (expected one of " + known + ")",
                        "remove it, or correct its name"));
    }
}
