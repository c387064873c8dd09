package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, each checked against what its endpoint takes.
 *
 * @param values by name
 */
record Query(Map<String, String> values) {
    /** What came of reading. */
    sealed interface Outcome {
        /** Every parameter is as it should be. */
        record Read(Query query) implements Outcome {}

        /** What is wrong with them. */
        record Flawed(List<Problem> problems) implements Outcome {}
    }

    static Outcome read(String text, List<Parameter> known) {
        List<Problem> problems = new ArrayList<>();
        Map<String, List<String>> given = given(text, problems);
        Map<String, String> values = new LinkedHashMap<>();
        int place = 0;
        for (Map.Entry<String, List<String>> each : given.entrySet()) {
            String name = each.getKey();
            place++;
            flaw(name, place, each.getValue(), known)
                    .ifPresentOrElse(
                            problems::add, () -> values.put(name, each.getValue().getFirst()));
        }
        return problems.isEmpty()
                ? new Outcome.Read(new Query(values))
                : new Outcome.Flawed(problems);
    }

    private static Map<String, List<String>> given(String text, List<Problem> problems) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            Optional<String> name = part(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = part(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                problems.add(Shape.problem("", "broken escapes in the query", "mend them"));
            } else if (!pair.isEmpty()) {
                given.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
            }
        }
        return given;
    }

    private static Optional<String> part(String text) {
        return Escaped.decode(text, true);
    }

    private static Optional<Problem> flaw(
            String name, int place, List<String> values, List<Parameter> known) {
        return known.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .map(parameter -> parameter.flaw(values))
                .orElseGet(() -> Optional.of(unknown(name, place, known)));
    }

    private static Problem unknown(String name, int place, List<Parameter> known) {
        List<String> names = known.stream().map(Parameter::name).toList();
        return Sent.unknown(name, place, "", "parameter", names);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    long number(String name, long otherwise) {
        return text(name).map(Long::parseLong).orElse(otherwise);
    }

    /** At least 1. */
    int count(String name, int otherwise, int most) {
        return Math.clamp(number(name, otherwise), 1, most);
    }

    Duration duration(String name) {
        return text(name).flatMap(Times::duration).orElse(Duration.ZERO);
    }

    Optional<Instant> since(String name) {
        return text(name)
                .flatMap(text ->
                        Times.moment(text)
                                .or(() -> Times.duration(text).map(Instant.now()::minus)));
    }
}
