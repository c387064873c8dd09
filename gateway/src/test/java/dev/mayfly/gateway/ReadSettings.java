package dev.mayfly.gateway;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that a test reads, and what it expects of the reading. */
final class ReadSettings {
    private ReadSettings() {}

    /** Of options alone: a key, its value, the next key. */
    static Parsed<ServerSettings> flags(String... pairs) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
        }
        return ServerSettings.read(Optional.empty(), Map.of(), flags);
    }

    static ServerSettings valid(Parsed<ServerSettings> parsed) {
        return switch (parsed) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> settings;
            case Parsed.Invalid<ServerSettings> invalid ->
                    throw new AssertionError(invalid.problems());
        };
    }

    static List<Problem> problems(Parsed<ServerSettings> parsed) {
        return switch (parsed) {
            case Parsed.Valid<ServerSettings> fine -> throw new AssertionError(fine);
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) -> problems;
        };
    }
}
