package dev.mayfly.gateway;

/** Makes a line of an entry; on the writer's thread. */
@FunctionalInterface
interface LogForm {
    /**
     * Appends {@code entry}, without a line end.
     *
     * @param line where to
     * @param entry what
     */
    void render(LogEntry entry, LineBytes line);

    static LogForm of(ServerSettings.Logs.Format format) {
        return switch (format) {
            case TEXT -> new TextForm();
            case JSON -> new JsonForm();
        };
    }
}
