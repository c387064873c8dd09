package dev.mayfly.gateway;

import dev.mayfly.pool.RuntimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings of what functions share, and of what a server keeps. */
final class WorkEntries {
    static final Entry<Integer> GUEST_THREADS =
            Entry.unset(
                            "runtime.guest_threads",
                            Form.COUNT,
                            "four a core, at least 8",
                            "Threads that run functions.")
                    .found(environment -> String.valueOf(Math.max(8, 4 * processors())));
    static final Entry<Integer> MAX_BLOCKED =
            Entry.of(
                    "runtime.max_blocked",
                    Form.COUNT,
                    String.valueOf(ServerSettings.Guests.DEFAULT_MAX_BLOCKED),
                    "Spare threads that stand in for functions that wait.");
    static final Entry<Boolean> GC_OBJECTS =
            Entry.of(
                    "runtime.gc_objects",
                    Form.YES_OR_NO,
                    "false",
                    "Whether what is deployed may make garbage-collected objects, as Kotlin does: no limit bounds their memory. `mayfly up` allows them always.");
    static final Entry<Long> MEMORY_BUDGET =
            Entry.unset(
                            "memory.budget",
                            Form.SIZE,
                            "half the heap",
                            "Memory of all sandboxes and snapshots together.")
                    .found(environment -> SettingValues.text(Runtime.getRuntime().maxMemory() / 2));
    static final Entry<Path> CACHE_FOLDER =
            Entry.unset(
                            "cache.folder",
                            Form.FOLDER,
                            "`$XDG_CACHE_HOME/mayfly`",
                            "Where compiled modules and snapshots are kept between starts.")
                    .found(environment -> below(environment, "XDG_CACHE_HOME", ".cache"));
    static final Entry<Long> CACHE_BYTES =
            Entry.of(
                    "cache.max_bytes",
                    Form.SIZE,
                    SettingValues.text(RuntimeSettings.DEFAULT_CACHE_BYTES),
                    "How large that folder may become; what is used least goes first.");
    static final Entry<Long> MAX_MEMORY =
            Entry.of(
                    "limits.max_memory",
                    Form.SIZE,
                    "1GiB",
                    "What no function's `limits.memory` may exceed.");
    static final Entry<Duration> MAX_TIMEOUT =
            Entry.of(
                    "limits.max_timeout",
                    Form.DURATION,
                    "5m",
                    "What no function's `limits.timeout` may exceed.");
    static final Entry<Long> MAX_REQUEST_BODY =
            Entry.of(
                    "limits.max_request_body",
                    Form.SIZE,
                    "1GiB",
                    "What no function's `limits.request_body` may exceed.");
    static final Entry<Path> SPOOL_FOLDER =
            Entry.unset(
                            "spool.folder",
                            Form.FOLDER,
                            "`mayfly-spool` where the system keeps temporary files",
                            "Where large request bodies wait.")
                    .found(environment ->
                            Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "mayfly-spool")
                                    .toString());
    static final Entry<Long> SPOOL_BUDGET =
            Entry.of("spool.budget", Form.SIZE, "1GiB", "How much of them there may be.");
    static final Entry<Path> DATA_FOLDER =
            Entry.unset(
                            "data.folder",
                            Form.FOLDER,
                            "`$XDG_DATA_HOME/mayfly`",
                            "The server's own files; of one server at a time.")
                    .found(environment -> below(environment, "XDG_DATA_HOME", ".local/share"))
                    .flag("--data");
    static final Entry<String> DATABASE_URL =
            Entry.unset(
                            "database.url",
                            Form.of(
                                    "address of a database",
                                    "`postgres://user:password@host/database`, or `jdbc:postgresql://…`",
                                    SettingValues::databaseUrl),
                            "none: a PostgreSQL of its own, in `data.folder`",
                            "The PostgreSQL, 14 to 18, that several gateways share.")
                    .secret();
    static final Entry<List<String>> SECRETS_KEYS =
            Entry.unset(
                            "secrets.keys",
                            Form.of(
                                    "keys",
                                    "32 bytes each as Base64, with commas; the first one seals, all of them open",
                                    SettingValues::list),
                            "none: `secrets.key` in `data.folder`",
                            "What secrets of apps are sealed with; the same on each gateway.")
                    .secret();

    private WorkEntries() {}

    static SettingGroup functions() {
        return new SettingGroup(
                "Functions",
                SettingTable.settings(
                        GUEST_THREADS,
                        MAX_BLOCKED,
                        GC_OBJECTS,
                        MEMORY_BUDGET,
                        CACHE_FOLDER,
                        CACHE_BYTES,
                        MAX_MEMORY,
                        MAX_TIMEOUT,
                        MAX_REQUEST_BODY,
                        SPOOL_FOLDER,
                        SPOOL_BUDGET));
    }

    static SettingGroup kept() {
        return new SettingGroup(
                "What a server keeps",
                SettingTable.settings(DATA_FOLDER, DATABASE_URL, SECRETS_KEYS));
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** {@code variable} of the environment, else {@code otherwise} at home; there, mayfly. */
    private static String below(
            Map<String, String> environment, String variable, String otherwise) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return Path.of(environment.getOrDefault(variable, home + "/" + otherwise), "mayfly")
                .toString();
    }
}
