package dev.mayfly.cli;

import dev.mayfly.gateway.SettingSources;
import dev.mayfly.manifest.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code mayfly server} can be told, and {@code mayfly config} explains. */
final class ServerFlags {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "Where functions are served: 8080, :8080 or host:port; port 0 takes a free one (default: 127.0.0.1:3000).")
    private @Nullable String listen;

    @Option(
            names = "--admin-listen",
            paramLabel = "ADDRESS",
            description = "Where the admin API is served (default: 127.0.0.1:3001).")
    private @Nullable String adminListen;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The server's own files (default: $XDG_DATA_HOME/mayfly).")
    private @Nullable Path data;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text or json (default: text on a terminal, else json).")
    private @Nullable String logFormat;

    @Option(names = "--no-access-log", description = "No line per request.")
    private boolean noAccessLog;

    @Mixin private SettingsOptions settings = new SettingsOptions();

    SettingSources sources(Surroundings surroundings) {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "listen", listen);
        put(flags, "admin_listen", adminListen);
        put(flags, "data.folder", data == null ? null : surroundings.resolve(data).toString());
        put(flags, "log_format", logFormat);
        put(flags, "access_log", noAccessLog ? "false" : null);
        return settings.sources(surroundings, flags);
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    void report(Surroundings surroundings, List<Problem> problems) {
        settings.report(surroundings, problems);
    }
}
