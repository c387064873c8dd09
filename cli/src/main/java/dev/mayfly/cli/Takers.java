package dev.mayfly.cli;

import dev.mayfly.manifest.KafkaTrigger;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import dev.mayfly.manifest.TestCase.Input;
import dev.mayfly.manifest.TestFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which triggers take the records of cases.
 *
 * @param manifest of the app, its variables put in
 */
record Takers(Manifest manifest) {
    /** {@return the triggers that take a record; a case needs those of one function} */
    List<KafkaTrigger> of(Input.Event event) {
        return manifest.kafka().stream()
                .filter(trigger -> trigger.topics().contains(event.topic()))
                .filter(trigger -> event.function().stream().allMatch(trigger.function()::equals))
                .toList();
    }

    /** {@return why a case cannot be run} */
    Optional<Problem> problem(SuiteCase each) {
        return each.test().input() instanceof Input.Event event
                ? problem(each, event)
                : Optional.empty();
    }

    private Optional<Problem> problem(SuiteCase each, Input.Event event) {
        List<String> functions = of(event).stream().map(KafkaTrigger::function).distinct().toList();
        if (functions.isEmpty()) {
            return Optional.of(nobody(each, event));
        }
        return functions.size() == 1
                ? Optional.empty()
                : Optional.of(
                        problem(
                                each,
                                "record.topic",
                                "several functions take it: " + String.join(", ", functions),
                                "say which one: record.function = \""
                                        + functions.getFirst()
                                        + "\""));
    }

    private Problem nobody(SuiteCase each, Input.Event event) {
        String who = event.function().map(name -> "function " + name).orElse("no function");
        String takes = event.function().isPresent() ? " takes no records of it" : " takes it";
        String topics =
                manifest.kafka().stream()
                        .filter(trigger ->
                                event.function().stream().allMatch(trigger.function()::equals))
                        .flatMap(trigger -> trigger.topics().stream())
                        .distinct()
                        .collect(Collectors.joining(", "));
        String mend =
                topics.isEmpty()
                        ? "add a [[trigger.kafka]] to app.toml"
                        : "write one of these: " + topics;
        return problem(each, "record.topic", who + takes, mend);
    }

    private static Problem problem(SuiteCase each, String key, String message, String mend) {
        Place place = each.file().tests().place(each.index(), key);
        return new Problem(
                place.line(), place.column(), TestFile.key(each.index(), key), message, mend);
    }
}
