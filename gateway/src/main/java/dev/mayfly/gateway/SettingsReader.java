package dev.mayfly.gateway;

import dev.mayfly.gateway.SettingsFile.Given;
import dev.mayfly.gateway.SettingsFile.Source;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.ServerLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the sources of settings over one another and reads every key; all problems at once. */
final class SettingsReader {
    /** Values of an app's variables, read by whoever resolves its manifest. */
    private static final String VARIABLES = "MAYFLY_VARIABLE_";

    private final Map<String, String> environment;
    private final Optional<Path> file;
    private final Map<String, Given> given = new LinkedHashMap<>();
    private final ValueFiles valueFiles = new ValueFiles();
    private final Map<String, Given> unread;
    private final Map<String, SettingValue> told = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    SettingsReader(SettingSources sources) {
        this.environment = sources.environment();
        this.file = sources.file();
        file.ifPresent(path -> given.putAll(SettingsFile.read(path, problems)));
        environment.forEach(this::takeVariable);
        sources.flags().forEach((key, text) -> given.put(key, Given.flag(option(key), text)));
        unread = new LinkedHashMap<>(given);
    }

    private void takeVariable(String name, String text) {
        if (name.startsWith(Setting.PREFIX) && !name.startsWith(VARIABLES)) {
            String key = keyOf(name);
            given.put(key, Given.variable(name, text));
            valueFiles.notice(key, Given.variable(name, text));
        }
    }

    /** What is no setting has a key all the same, by which it can be told. */
    private static String keyOf(String variable) {
        return SettingTable.of(variable)
                .map(setting ->
                        setting.variable().equals(variable)
                                ? setting.key()
                                : setting.key() + ValueFiles.SUFFIX)
                .orElseGet(
                        () -> variable.substring(Setting.PREFIX.length()).toLowerCase(Locale.ROOT));
    }

    private static String option(String key) {
        return Optional.ofNullable(SettingTable.SETTINGS.get(key))
                .flatMap(Setting::flag)
                .orElse("--set " + key);
    }

    Parsed<ServerSettings> read() {
        ServerSettings settings = settings();
        return problems.isEmpty() ? new Parsed.Valid<>(settings) : new Parsed.Invalid<>(problems);
    }

    /** What {@code mayfly server} would make of it. */
    SettingsExplained explain() {
        ServerSettings settings = settings();
        Setting folder = SightEntries.LOG_FOLDER.setting();
        told.computeIfPresent(
                folder.key(), // whose default is in another setting's folder
                (_, value) ->
                        value.value().isPresent()
                                ? value
                                : byDefault(
                                        folder,
                                        settings.administered()
                                                .logs()
                                                .stored()
                                                .folder()
                                                .map(Path::toString)));
        List<SettingValue> values =
                SettingTable.SETTINGS.keySet().stream()
                        .flatMap(key -> Stream.ofNullable(told.get(key)))
                        .toList();
        return new SettingsExplained(settings, values, problems);
    }

    private static SettingValue byDefault(Setting setting, Optional<String> value) {
        return new SettingValue(setting, value, SettingValue.Origin.DEFAULT, "");
    }

    private ServerSettings settings() {
        ServerSettings settings =
                new ServerSettings(
                        value(DoorEntries.LISTEN),
                        optional(DoorEntries.ADMIN_LISTEN),
                        connections(),
                        new ServerSettings.Drain(
                                value(DoorEntries.DRAIN_DELAY), value(DoorEntries.DRAIN_TIMEOUT)),
                        guests(),
                        limits(),
                        value(DoorEntries.TRUSTED_PROXIES),
                        value(DoorEntries.RATE_LIMIT_CALLERS),
                        new ServerSettings.Metrics(
                                value(SightEntries.METRICS_FUNCTIONS),
                                value(SightEntries.METRICS_PUBLIC)),
                        new ServerSettings.Activations(
                                value(SightEntries.ACTIVATIONS_KEPT),
                                value(SightEntries.ACTIVATIONS_RECORDED)),
                        new ServerSettings.Tracing(
                                optional(SightEntries.TRACING_ENDPOINT),
                                value(SightEntries.TRACING_RATIO)),
                        new ServerSettings.Spool(
                                value(WorkEntries.SPOOL_FOLDER), value(WorkEntries.SPOOL_BUDGET)),
                        logs(),
                        control(),
                        transport(),
                        new KafkaKeys(this).read());
        unread.forEach(this::unknown);
        problems.sort(Comparator.comparingInt(Problem::line));
        return settings;
    }

    private ServerSettings.Logs logs() {
        return new ServerSettings.Logs(
                value(SightEntries.LOG_FORMAT),
                value(SightEntries.ACCESS_LOG),
                new ServerSettings.Kept(
                        value(SightEntries.LOG_LINES), value(SightEntries.LOG_BYTES)),
                new ServerSettings.Stored(
                        optional(SightEntries.LOG_FOLDER), value(SightEntries.LOG_STORED)));
    }

    private ServerSettings.Connections connections() {
        return new ServerSettings.Connections(
                value(DoorEntries.EVENT_LOOPS),
                value(DoorEntries.LINGER),
                value(DoorEntries.MAX_CONNECTIONS),
                value(DoorEntries.HEADER_TIMEOUT),
                value(DoorEntries.BODY_TIMEOUT),
                value(DoorEntries.IDLE_TIMEOUT));
    }

    private ServerSettings.Guests guests() {
        return new ServerSettings.Guests(
                value(WorkEntries.GUEST_THREADS),
                value(WorkEntries.MAX_BLOCKED),
                value(WorkEntries.MEMORY_BUDGET),
                new ServerSettings.Cache(
                        value(WorkEntries.CACHE_FOLDER), value(WorkEntries.CACHE_BYTES)),
                value(WorkEntries.GC_OBJECTS),
                value(DoorEntries.LINGER));
    }

    private ServerLimits limits() {
        return new ServerLimits(
                value(WorkEntries.MAX_MEMORY),
                value(WorkEntries.MAX_TIMEOUT),
                value(WorkEntries.MAX_REQUEST_BODY));
    }

    private ServerSettings.Control control() {
        return new ServerSettings.Control(
                value(WorkEntries.DATA_FOLDER),
                optional(WorkEntries.DATABASE_URL),
                value(WorkEntries.SECRETS_KEYS),
                optional(DoorEntries.ADMIN_ADVERTISE),
                optional(DoorEntries.PREVIEW_DOMAIN));
    }

    private ServerSettings.Transport transport() {
        boolean proxied = value(DoorEntries.PROXY_PROTOCOL);
        if (proxied && !given.containsKey(DoorEntries.TRUSTED_PROXIES.key())) {
            problems.add(
                    new Problem(
                            0,
                            0,
                            DoorEntries.PROXY_PROTOCOL.key(),
                            "no proxy is trusted to say who its clients are",
                            "name the proxies in trusted_proxies"));
        }
        return new ServerSettings.Transport(
                optional(DoorEntries.TLS_LISTEN),
                tls(
                        new TlsRules(
                                "tls",
                                value(DoorEntries.TLS_CERTIFICATE),
                                value(DoorEntries.TLS_KEY),
                                Optional.empty())),
                tls(
                        new TlsRules(
                                "admin.tls",
                                value(DoorEntries.ADMIN_CERTIFICATE),
                                value(DoorEntries.ADMIN_KEY),
                                optional(DoorEntries.ADMIN_AUTHORITY))),
                proxied,
                value(DoorEntries.COMPRESSION));
    }

    private ServerSettings.Tls tls(TlsRules rules) {
        rules.problem(given.keySet()).ifPresent(problems::add);
        return rules.settings();
    }

    <T> T value(Entry<T> entry) {
        return optional(entry)
                .orElseGet(() -> entry.form().read(entry.fallback().apply(environment).orElse("")));
    }

    /** The value as given; nothing, and a problem, if it cannot be read. */
    <T> Optional<T> optional(Entry<T> entry) {
        String key = entry.key();
        unread.remove(key);
        valueFiles.variableOf(key).ifPresent(unread::remove);
        Given text = valueFiles.over(key, given.get(key), problems);
        if (text == null) {
            told.put(key, byDefault(entry.setting(), entry.fallback().apply(environment)));
            return Optional.empty();
        }
        given.put(key, text);
        told.put(key, toldOf(entry.setting(), text));
        try {
            return Optional.of(entry.form().read(text.text()));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            problems.add(
                    text.unreadable(
                            key, entry.setting().secret() ? text.withoutValue(message) : message));
            return Optional.empty();
        }
    }

    private SettingValue toldOf(Setting setting, Given text) {
        boolean hidden = setting.secret() || text.kind() == Source.VALUE_FILE;
        SettingValue.Origin origin =
                switch (text.kind()) {
                    case FLAG -> SettingValue.Origin.FLAG;
                    case VARIABLE, VALUE_FILE -> SettingValue.Origin.ENVIRONMENT;
                    case SETTINGS_FILE -> SettingValue.Origin.FILE;
                };
        String where =
                text.kind() == Source.SETTINGS_FILE
                        ? file.map(Path::toString).orElse("") + ":" + text.line()
                        : text.from();
        return new SettingValue(setting, Optional.of(hidden ? "set" : text.text()), origin, where);
    }

    /** Of a setting that was given, and can be read, but does not go with the others. */
    void complain(Entry<?> entry, String message, String mend) {
        Given text = given.get(entry.key());
        if (text != null) {
            problems.add(text.problem(entry.key(), message, mend));
        }
    }

    private void unknown(String key, Given text) {
        String guess =
                meant(key)
                        .map(near -> text.kind() == Source.VARIABLE ? near.variable() : near.key())
                        .map(near -> " (did you mean " + near + "?)")
                        .orElse("");
        String name = text.kind() == Source.SETTINGS_FILE ? "this" : text.from();
        problems.add(text.problem(key, name + " is no setting" + guess, mend(text)));
    }

    /** A typing mistake away, or the name without its table. */
    private static Optional<Setting> meant(String key) {
        return Manifests.nearest(key, SettingTable.SETTINGS.keySet())
                .or(() ->
                        SettingTable.SETTINGS.keySet().stream()
                                .filter(known -> known.endsWith("." + key))
                                .findFirst())
                .map(SettingTable.SETTINGS::get);
    }

    /** Kubernetes tells a pod of each Service in variables, unless it is asked not to. */
    private static String mend(Given text) {
        boolean ofService =
                text.from().matches(".*_SERVICE_(HOST|PORT(_.*)?)")
                        || text.text().startsWith("tcp://");
        return text.kind() == Source.VARIABLE && ofService
                ? "Kubernetes made it for a Service: set enableServiceLinks: false in the pod"
                : "remove it, or correct its name: mayfly config lists all";
    }
}
