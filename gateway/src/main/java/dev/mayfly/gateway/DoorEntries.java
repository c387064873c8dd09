package dev.mayfly.gateway;

import dev.mayfly.gateway.ServerSettings.Address;
import dev.mayfly.http.Compression;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Settings of where requests come in, and of what a connection may take. */
final class DoorEntries {
    private static final String NO_TLS = "none: no TLS";

    static final Entry<Address> LISTEN =
            Entry.of("listen", Form.ADDRESS, "127.0.0.1:3000", "Where functions are served.")
                    .flag("--listen");
    static final Entry<Address> ADMIN_LISTEN =
            Entry.of(
                            "admin_listen",
                            Form.ADDRESS,
                            "127.0.0.1:3001",
                            "Where `mayfly server` serves the admin API; `mayfly up` has none.")
                    .flag("--admin-listen");
    static final Entry<URI> ADMIN_ADVERTISE =
            Entry.unset(
                    "admin_advertise",
                    Form.of(
                            "URL",
                            "`http://10.0.0.5:3001`, or `https://…`, without a path",
                            SettingValues::adminUrl),
                    "the address of `admin_listen`; this machine's own where that is every address",
                    "Where the other gateways of the database reach this one's admin API.");
    static final Entry<Address> TLS_LISTEN =
            Entry.unset(
                    "tls.listen",
                    Form.ADDRESS,
                    "none: plain HTTP only",
                    "Where functions are served over TLS, beside `listen`.");
    static final Entry<List<Path>> TLS_CERTIFICATE =
            Entry.unset(
                    "tls.certificate",
                    Form.FILES,
                    NO_TLS,
                    "Certificates with what vouches for them; the first is for unknown hosts.");
    static final Entry<List<Path>> TLS_KEY =
            Entry.unset(
                    "tls.key",
                    Form.FILES,
                    NO_TLS,
                    "Their keys, in the same order, without a passphrase.");
    static final Entry<List<Path>> ADMIN_CERTIFICATE =
            Entry.unset(
                    "admin.tls.certificate",
                    Form.FILES,
                    NO_TLS,
                    "Certificates of the admin listener, which speaks nothing but TLS then.");
    static final Entry<List<Path>> ADMIN_KEY =
            Entry.unset(
                    "admin.tls.key",
                    Form.FILES,
                    NO_TLS,
                    "Their keys, in the same order, without a passphrase.");
    static final Entry<Path> ADMIN_AUTHORITY =
            Entry.unset(
                    "admin.tls.client_authority",
                    Form.FILE,
                    "none: a token is enough",
                    "Lets in only admin clients with a certificate that this one vouches for.");
    static final Entry<List<String>> TRUSTED_PROXIES =
            Entry.unset(
                    "trusted_proxies",
                    Form.of(
                            "networks",
                            "addresses and CIDR blocks: a list in mayfly.toml, elsewhere with commas: `10.0.0.0/8,::1`",
                            DoorEntries::proxies),
                    "none",
                    "Whose forwarding headers say who the client is.");
    static final Entry<Boolean> PROXY_PROTOCOL =
            Entry.of(
                    "proxy_protocol",
                    Form.YES_OR_NO,
                    "false",
                    "Whether connections of trusted proxies begin with a PROXY header.");
    static final Entry<Compression> COMPRESSION =
            Entry.of(
                    "compression",
                    Form.of("choice", "`off`, `static` or `all`", SettingValues::compression),
                    "static",
                    "Which answers are compressed for those who ask: none, files, or all.");
    static final Entry<String> PREVIEW_DOMAIN =
            Entry.unset(
                    "preview.domain",
                    Form.of("domain", "`preview.example.com`", SettingValues::domain),
                    "none: no previews by host",
                    "Hosts `<revision>--<app>` below it show a revision that is not live.");
    static final Entry<Integer> EVENT_LOOPS =
            Entry.unset(
                            "event_loops",
                            Form.COUNT,
                            "half the cores",
                            "Threads that read and write sockets.")
                    .found(environment ->
                            String.valueOf(
                                    Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
    static final Entry<Boolean> LINGER =
            Entry.of(
                    "linger",
                    Form.YES_OR_NO,
                    "true",
                    "Whether threads with nothing to do look for more for a moment before they sleep, while requests come thick and fast. It takes idle processor time; `false` where that is paid for.");
    static final Entry<Integer> MAX_CONNECTIONS =
            Entry.of(
                    "max_connections",
                    Form.COUNT,
                    "10000",
                    "Connections open at once; the next one is refused.");
    static final Entry<Duration> HEADER_TIMEOUT =
            Entry.of(
                    "header_timeout",
                    Form.DURATION,
                    "10s",
                    "How long a request may take from its first byte to the end of its headers.");
    static final Entry<Duration> BODY_TIMEOUT =
            Entry.of("body_timeout", Form.DURATION, "30s", "How long a request's body may pause.");
    static final Entry<Duration> IDLE_TIMEOUT =
            Entry.of(
                    "idle_timeout",
                    Form.DURATION,
                    "60s",
                    "How long a connection may be without a request, or a client without reading.");
    static final Entry<Duration> DRAIN_DELAY =
            Entry.of(
                    "drain_delay",
                    Form.DURATION_OR_ZERO,
                    "0s",
                    "How long a server that stops serves on after it says that it is not ready.");
    static final Entry<Duration> DRAIN_TIMEOUT =
            Entry.of(
                    "drain_timeout",
                    Form.DURATION,
                    "30s",
                    "How long running requests may take after that.");
    static final Entry<Integer> RATE_LIMIT_CALLERS =
            Entry.of(
                    "rate_limit.callers",
                    Form.COUNT,
                    "10000",
                    "Callers that each `rate_limit` of a route remembers.");

    private DoorEntries() {}

    static SettingGroup listeners() {
        return new SettingGroup(
                "Where requests come in",
                SettingTable.settings(
                        LISTEN,
                        ADMIN_LISTEN,
                        ADMIN_ADVERTISE,
                        TLS_LISTEN,
                        TLS_CERTIFICATE,
                        TLS_KEY,
                        ADMIN_CERTIFICATE,
                        ADMIN_KEY,
                        ADMIN_AUTHORITY,
                        TRUSTED_PROXIES,
                        PROXY_PROTOCOL,
                        PREVIEW_DOMAIN));
    }

    static SettingGroup connections() {
        return new SettingGroup(
                "Connections and answers",
                SettingTable.settings(
                        EVENT_LOOPS,
                        LINGER,
                        MAX_CONNECTIONS,
                        HEADER_TIMEOUT,
                        BODY_TIMEOUT,
                        IDLE_TIMEOUT,
                        DRAIN_DELAY,
                        DRAIN_TIMEOUT,
                        RATE_LIMIT_CALLERS,
                        COMPRESSION));
    }

    /** A list that the trigger takes: addresses and CIDR blocks. */
    private static List<String> proxies(String text) {
        List<String> proxies = SettingValues.list(text);
        Objects.requireNonNull(Main.trigger(proxies, Journal.silent()));
        return proxies;
    }
}
