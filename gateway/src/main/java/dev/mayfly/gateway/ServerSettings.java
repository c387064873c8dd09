package dev.mayfly.gateway;

import dev.mayfly.http.Compression;
import dev.mayfly.kafka.KafkaSettings;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.ServerLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the server runs.
 *
 * @param listen where requests come in
 * @param adminListen where operators come in; empty unless it was set
 * @param connections event loops and what a connection may take
 * @param drain how the server goes down
 * @param guests what guests share
 * @param limits what no function's limits may exceed
 * @param trustedProxies addresses and CIDR blocks whose forwarding headers count
 * @param rateLimitCallers how many callers each rate limit of a route remembers
 * @param metrics what is told of it in numbers, and to whom
 * @param activations how much is remembered of requests
 * @param tracing where traces go
 * @param spool where large request bodies wait
 * @param logs what is logged, and how
 * @param control what {@code mayfly server} keeps, and where
 * @param transport how requests and answers are carried
 * @param kafka where events come from; empty when it has no brokers
 */
public record ServerSettings(
        Address listen,
        Optional<Address> adminListen,
        Connections connections,
        Drain drain,
        Guests guests,
        ServerLimits limits,
        List<String> trustedProxies,
        int rateLimitCallers,
        Metrics metrics,
        Activations activations,
        Tracing tracing,
        Spool spool,
        Logs logs,
        Control control,
        Transport transport,
        Optional<KafkaSettings> kafka) {
    /** Copies the list in. */
    public ServerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * Reads the settings, as {@link SettingSources} says.
     *
     * @param file mayfly.toml, if there is one
     * @param environment the process's environment; names without {@code MAYFLY_} are passed over
     * @param flags by key
     * @return the settings, or every problem of all three sources
     */
    public static Parsed<ServerSettings> read(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return new SettingSources(file, environment, flags).read();
    }

    /**
     * {@return the same with an admin listener, and a folder for log lines, in the data folder,
     * unless they were set elsewhere}
     */
    public ServerSettings administered() {
        return new ServerSettings(
                listen,
                Optional.of(adminListen.orElseGet(ServerSettings::defaultAdmin)),
                connections,
                drain,
                guests,
                limits,
                trustedProxies,
                rateLimitCallers,
                metrics,
                activations,
                tracing,
                spool,
                logs.stored().of(logs, control.data().resolve("logs")),
                control,
                transport,
                kafka);
    }

    private static Address defaultAdmin() {
        return DoorEntries.ADMIN_LISTEN
                .form()
                .read(DoorEntries.ADMIN_LISTEN.setting().fallback().text());
    }

    /** {@return the domain under which {@code <revision>--<app>} shows a revision, if any} */
    public Optional<String> previewDomain() {
        return control.previewDomain();
    }

    /**
     * A host and a port.
     *
     * @param host a name or an address, without brackets
     * @param port 0 for any free one
     */
    public record Address(String host, int port) {
        /** Refuses ports that do not exist. */
        public Address {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
            }
        }

        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Event loops and what a connection may take.
     *
     * @param eventLoops threads that read and write sockets
     * @param linger whether one that has nothing to do looks on for a moment before it sleeps
     * @param most connections open at once
     * @param headerTimeout longest time from a request's first byte to the end of its headers
     * @param bodyTimeout longest pause within a request's body
     * @param idleTimeout longest life of a connection without a request, and longest pause of a
     *     client that reads its answer
     */
    public record Connections(
            int eventLoops,
            boolean linger,
            int most,
            Duration headerTimeout,
            Duration bodyTimeout,
            Duration idleTimeout) {}

    /**
     * How the server goes down.
     *
     * @param delay how long it serves on after it reports that it is not ready
     * @param timeout how long running requests may take after that
     */
    public record Drain(Duration delay, Duration timeout) {}

    /**
     * What guests share.
     *
     * @param threads platform threads that run guests
     * @param maxBlocked spare threads that stand in for guests that wait
     * @param memoryBudget bytes of all sandboxes' memory and images
     * @param cache where they are kept between starts
     * @param objects whether modules that are deployed may make garbage-collected objects
     * @param linger whether a thread that has nothing to do looks on for a moment before it sleeps
     */
    public record Guests(
            int threads,
            int maxBlocked,
            long memoryBudget,
            Cache cache,
            boolean objects,
            boolean linger) {
        /** Spare threads unless it is set. */
        public static final int DEFAULT_MAX_BLOCKED = 256;
    }

    /**
     * Where compiled modules and snapshots are kept.
     *
     * @param folder the folder; made, for its owner only, if it is missing
     * @param maxBytes bytes of all that is kept; the least recently used goes first
     */
    public record Cache(Path folder, long maxBytes) {}

    /**
     * What is told of the server in numbers, and to whom.
     *
     * @param functions how many functions have meters of their own
     * @param isPublic whether who asks for them needs no token
     */
    public record Metrics(int functions, boolean isPublic) {}

    /**
     * How much is remembered of requests to functions, in memory, the newest.
     *
     * @param kept requests at most
     * @param recordedBytes at most, of what was sent and answered to functions that record it
     */
    public record Activations(int kept, long recordedBytes) {}

    /**
     * Where traces go.
     *
     * @param endpoint of a receiver of OTLP over HTTP; none is recorded without one
     * @param ratio which part of the traces that begin here is recorded, 0 to 1
     */
    public record Tracing(Optional<String> endpoint, double ratio) {}

    /**
     * Where large request bodies wait.
     *
     * @param folder the folder; made if it is missing
     * @param budget bytes of all spool files together
     */
    public record Spool(Path folder, long budget) {}

    /**
     * What is logged, and how.
     *
     * @param format the form of a line
     * @param access whether each request has a line
     * @param kept how much of it can be asked for
     * @param stored what of it is kept on disk
     */
    public record Logs(Format format, boolean access, Kept kept, Stored stored) {
        /** The form of a line. */
        public enum Format {
            /** For people. */
            TEXT,
            /** For machines: an object a line. */
            JSON
        }
    }

    /**
     * How much of what functions log is kept in memory for the admin API, the newest.
     *
     * @param lines at most
     * @param bytes at most, of all lines with what belongs to them
     */
    public record Kept(int lines, long bytes) {}

    /**
     * What functions log, on disk, the newest.
     *
     * @param folder where; nowhere under {@code mayfly up} unless it is set
     * @param bytes at most, of all files
     */
    public record Stored(Optional<Path> folder, long bytes) {
        private Logs of(Logs logs, Path otherwise) {
            return new Logs(
                    logs.format(),
                    logs.access(),
                    logs.kept(),
                    new Stored(Optional.of(folder.orElse(otherwise)), bytes));
        }
    }

    /**
     * What {@code mayfly server} keeps, and where; {@code mayfly up} has no use for it.
     *
     * @param data folder of the server's own files
     * @param databaseUrl a PostgreSQL that somebody else runs; empty for one of the server's own
     * @param keys what secrets are sealed with, as Base64, the sealing one first; empty for a file
     *     in {@code data}
     * @param advertise where other gateways reach the admin API; found out unless it was set
     * @param previewDomain hosts below it are revisions to look at; none unless it is set
     */
    public record Control(
            Path data,
            Optional<String> databaseUrl,
            List<String> keys,
            Optional<URI> advertise,
            Optional<String> previewDomain) {
        /** Copies the list in. */
        public Control {
            keys = List.copyOf(keys);
        }

        /** {@return the same without passwords and keys} */
        @Override
        public String toString() {
            return "Control[data=%s, databaseUrl=%s, keys=%d, previewDomain=%s]"
                    .formatted(
                            data,
                            databaseUrl.isPresent() ? "given" : "none",
                            keys.size(),
                            previewDomain.orElse("none"));
        }
    }

    /**
     * How requests and answers are carried.
     *
     * @param tlsListen where requests come in over TLS; empty unless it was set
     * @param tls what that listener shows
     * @param adminTls what the admin listener shows; it is plain without
     * @param proxyProtocol whether connections of trusted proxies begin with a PROXY header
     * @param compression which answers are compressed
     */
    public record Transport(
            Optional<Address> tlsListen,
            Tls tls,
            Tls adminTls,
            boolean proxyProtocol,
            Compression compression) {}

    /**
     * The PEM files of a listener's TLS. They are read anew when they change.
     *
     * @param pairs certificates and their keys, the one for unknown hosts first; none: no TLS
     * @param clientAuthority whose clients are let in; everybody's when there is none
     */
    public record Tls(List<Pair> pairs, Optional<Path> clientAuthority) {
        /** Copies the list in. */
        public Tls {
            pairs = List.copyOf(pairs);
        }

        /** {@return whether the listener is to speak TLS} */
        public boolean isOn() {
            return !pairs.isEmpty();
        }

        /**
         * A certificate with what vouches for it, and its key.
         *
         * @param certificate the chain's file
         * @param key the key's file, without a passphrase
         */
        public record Pair(Path certificate, Path key) {}
    }
}
