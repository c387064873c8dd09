package dev.mayfly.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code [function.<name>]}.
 *
 * @param name its name
 * @param source where the module is
 * @param entrypoint export to call; by module form when empty
 * @param argv the argument template
 * @param environment values may hold {@code {{ name }}} until resolved
 * @param mounts read-only folders
 * @param access what it may reach and what is kept of it
 * @param bodyMode when the request body is handed over
 * @param limits what a run may use
 * @param pool how its sandboxes are kept
 * @param snapshot how it is frozen
 * @param checks requests a new snapshot must answer
 * @param build how it is built
 */
public record FunctionSpec(
        String name,
        Source source,
        Optional<String> entrypoint,
        ArgvTemplate argv,
        Map<String, String> environment,
        List<Mount> mounts,
        Access access,
        BodyMode bodyMode,
        Limits limits,
        Pool pool,
        Snapshot snapshot,
        List<Check> checks,
        Optional<Build> build) {
    /** Copies the collections in, order kept. */
    public FunctionSpec {
        environment = Ordered.copy(environment);
        mounts = List.copyOf(mounts);
        checks = List.copyOf(checks);
    }

    FunctionSpec with(Map<String, String> newEnvironment) {
        return new FunctionSpec(
                name,
                source,
                entrypoint,
                argv,
                newEnvironment,
                mounts,
                access,
                bodyMode,
                limits,
                pool,
                snapshot,
                checks,
                build);
    }

    FunctionSpec with(Access newAccess) {
        return new FunctionSpec(
                name,
                source,
                entrypoint,
                argv,
                environment,
                mounts,
                newAccess,
                bodyMode,
                limits,
                pool,
                snapshot,
                checks,
                build);
    }

    FunctionSpec withRoom(int atOnce) {
        return new FunctionSpec(
                name,
                source,
                entrypoint,
                argv,
                environment,
                mounts,
                access,
                bodyMode,
                limits.withRoom(atOnce),
                pool,
                snapshot,
                checks,
                build);
    }

    /** Where a module is. */
    public sealed interface Source {
        /**
         * A file.
         *
         * @param path relative to app.toml, inside its folder
         */
        record File(String path) implements Source {}

        /**
         * Something to fetch.
         *
         * @param url where
         * @param digest {@code sha256:<hex>}
         */
        record Url(String url, String digest) implements Source {}

        /**
         * An OCI artifact.
         *
         * @param registry reference
         * @param digest {@code sha256:<hex>}
         */
        record Registry(String registry, String digest) implements Source {}
    }

    /**
     * A read-only folder.
     *
     * @param source relative to app.toml
     * @param destination absolute path the guest sees
     */
    public record Mount(String source, String destination) {}

    /**
     * What a function may reach and what is kept of it.
     *
     * @param allowedOutboundHosts deny by default
     * @param keyValueStores names
     * @param activations what an activation keeps
     */
    public record Access(
            List<String> allowedOutboundHosts,
            List<String> keyValueStores,
            Activations activations) {
        /** Copies the lists in. */
        public Access {
            allowedOutboundHosts = List.copyOf(allowedOutboundHosts);
            keyValueStores = List.copyOf(keyValueStores);
        }
    }

    /** What an activation keeps for replay. */
    public enum Activations {
        /** Nothing. */
        NONE,
        /** No bodies. */
        META,
        /** All of it. */
        BODIES
    }

    /** When the request body is handed over. */
    public enum BodyMode {
        /** Whole, before a sandbox is taken. */
        BUFFER,
        /** As it arrives. */
        STREAM
    }

    /**
     * What one run may use.
     *
     * @param memoryPages most linear memory, in 64 KiB pages
     * @param timeout longest run, queueing excluded
     * @param queueTimeout longest wait for a sandbox
     * @param cpu most CPU time of a run
     * @param concurrency runs at once on one gateway; empty for half the guest threads
     * @param queue waiting at most
     * @param stackBytes stack of the guest's thread
     * @param requestBodyBytes largest request body
     * @param responseBodyBytes largest standard output
     * @param logBytes standard error kept per run
     */
    public record Limits(
            int memoryPages,
            Duration timeout,
            Duration queueTimeout,
            Duration cpu,
            Optional<Integer> concurrency,
            int queue,
            long stackBytes,
            long requestBodyBytes,
            long responseBodyBytes,
            long logBytes) {
        /** The defaults of app.toml. */
        public static final Limits DEFAULT =
                new Limits(
                        1024,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Optional.empty(),
                        200,
                        1L << 20,
                        10L << 20,
                        100L << 20,
                        64L << 10);

        /** Longer than anybody waits, and no overflow away. */
        private static final Duration ENDLESS = Duration.ofDays(365);

        Limits withRoom(int atOnce) {
            return new Limits(
                    memoryPages,
                    timeout,
                    ENDLESS,
                    cpu,
                    Optional.of(Math.max(atOnce, concurrency.orElse(atOnce))),
                    Math.max(atOnce, queue),
                    stackBytes,
                    requestBodyBytes,
                    responseBodyBytes,
                    logBytes);
        }
    }

    /**
     * How sandboxes are kept.
     *
     * @param idleTimeout before a sandbox is let go
     * @param minReady kept all the same
     */
    public record Pool(Duration idleTimeout, int minReady) {
        /** The defaults of app.toml. */
        public static final Pool DEFAULT = new Pool(Duration.ofSeconds(60), 0);
    }

    /**
     * How a function is frozen.
     *
     * @param warmup requests to run before the freeze
     * @param allowEntropy random bytes may be read before the freeze
     */
    public record Snapshot(List<MadeRequest> warmup, boolean allowEntropy) {
        /** The defaults of app.toml. */
        public static final Snapshot DEFAULT = new Snapshot(List.of(), false);

        /** Copies the list in. */
        public Snapshot {
            warmup = List.copyOf(warmup);
        }
    }

    /**
     * A request written as {@code METHOD /path [body]}.
     *
     * @param method the method
     * @param target path and query
     * @param body UTF-8, empty for none
     */
    public record MadeRequest(String method, String target, String body) {}

    /**
     * A request a new snapshot must answer.
     *
     * @param request the request
     * @param status expected status
     * @param bodyContains expected text in the body
     */
    public record Check(
            MadeRequest request, Optional<Integer> status, Optional<String> bodyContains) {}

    /**
     * How a function is built.
     *
     * @param command shell command
     * @param watch globs of its sources
     */
    public record Build(String command, List<String> watch) {
        /** Copies the list in. */
        public Build {
            watch = List.copyOf(watch);
        }
    }
}
