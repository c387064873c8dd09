package dev.mayfly.cli;

import java.time.Duration;
import java.util.Map;

/** Changes whose answer may be waited for until every gateway serves them. */
final class Waiting {
    /** As the admin API takes it. */
    static final String LONGEST = "60s";

    /** A deploy compiles; the server ends it before this. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Waiting() {}

    static Call call(String path, Map<String, Object> wish) {
        return Call.of("POST", path, Call.Body.json(wish)).within(PATIENCE);
    }
}
