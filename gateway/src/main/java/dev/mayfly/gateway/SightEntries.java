package dev.mayfly.gateway;

import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of what can be seen of a server. */
final class SightEntries {
    static final Entry<ServerSettings.Logs.Format> LOG_FORMAT =
            Entry.unset(
                            "log_format",
                            Form.of("choice", "`text` or `json`", SettingValues::format),
                            "`text` on a terminal, else `json`",
                            "The form of a line of the log.")
                    .found(environment -> isTerminal() ? "text" : "json")
                    .flag("--log-format");
    static final Entry<Boolean> ACCESS_LOG =
            Entry.of("access_log", Form.YES_OR_NO, "true", "Whether each request has a line.")
                    .flag("--no-access-log");
    static final Entry<Integer> LOG_LINES =
            Entry.of(
                    "logs.lines",
                    Form.COUNT,
                    "10000",
                    "Lines of functions that are kept in memory for `mayfly logs`.");
    static final Entry<Long> LOG_BYTES =
            Entry.of("logs.bytes", Form.SIZE, "16MiB", "How much memory they may take.");
    static final Entry<Path> LOG_FOLDER =
            Entry.unset(
                    "logs.folder",
                    Form.FOLDER,
                    "`logs` in `data.folder`",
                    "Where they are kept longer, also over a restart; `mayfly up` keeps none there unless it is set.");
    static final Entry<Long> LOG_STORED =
            Entry.of("logs.stored_bytes", Form.SIZE, "64MiB", "How large that may become.");
    static final Entry<Integer> METRICS_FUNCTIONS =
            Entry.of(
                    "metrics.functions",
                    Form.COUNT,
                    "500",
                    "Functions that have meters of their own.");
    static final Entry<Boolean> METRICS_PUBLIC =
            Entry.of(
                    "metrics.public",
                    Form.YES_OR_NO,
                    "false",
                    "Whether `/metrics` of the admin listener answers without a token.");
    static final Entry<Integer> ACTIVATIONS_KEPT =
            Entry.of(
                    "activations.kept",
                    Form.COUNT,
                    "10000",
                    "Requests that are remembered, the newest.");
    static final Entry<Long> ACTIVATIONS_RECORDED =
            Entry.of(
                    "activations.recorded_bytes",
                    Form.SIZE,
                    "16MiB",
                    "Memory of what was sent and answered, where a function records it.");
    static final Entry<String> TRACING_ENDPOINT =
            Entry.unset(
                    "tracing.endpoint",
                    Form.of(
                            "URL",
                            "`http://collector:4318`, or `https://…`; `/v1/traces` is added where it has no path",
                            SettingValues::endpoint),
                    "none: no traces",
                    "Where traces go, as OTLP over HTTP.");
    static final Entry<Double> TRACING_RATIO =
            Entry.of(
                    "tracing.ratio",
                    Form.of("ratio", "a number from 0 to 1: `0.01`", SettingValues::ratio),
                    "0",
                    "Which part of the traces that begin here is recorded.");

    private SightEntries() {}

    static SettingGroup group() {
        return new SettingGroup(
                "What can be seen",
                SettingTable.settings(
                        LOG_FORMAT,
                        ACCESS_LOG,
                        LOG_LINES,
                        LOG_BYTES,
                        LOG_FOLDER,
                        LOG_STORED,
                        METRICS_FUNCTIONS,
                        METRICS_PUBLIC,
                        ACTIVATIONS_KEPT,
                        ACTIVATIONS_RECORDED,
                        TRACING_ENDPOINT,
                        TRACING_RATIO));
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
