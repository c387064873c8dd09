package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which cases run on which load of an app: those with the same variables on one. */
final class SuitePlan {
    /**
     * Cases that run on one load.
     *
     * @param manifest its variables put in
     * @param cases in order
     */
    record Group(Manifest manifest, List<SuiteCase> cases) {
        Group {
            cases = List.copyOf(cases);
        }
    }

    private final Surroundings surroundings;
    private final Location.Found source;
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, List<Problem>> problems = new LinkedHashMap<>();

    SuitePlan(Surroundings surroundings, Location.Found source) {
        this.surroundings = surroundings;
        this.source = source;
    }

    /**
     * {@return every problem, by file}
     *
     * @param variables for all cases, unless they have others
     */
    Map<String, List<Problem>> make(List<SuiteCase> cases, Map<String, String> variables)
            throws IOException {
        Map<Map<String, String>, List<SuiteCase>> byVariables = new LinkedHashMap<>();
        for (SuiteCase each : cases) {
            Map<String, String> values = new LinkedHashMap<>(variables);
            values.putAll(each.test().variables());
            byVariables.computeIfAbsent(values, _ -> new ArrayList<>()).add(each);
        }
        for (Map.Entry<Map<String, String>, List<SuiteCase>> group : byVariables.entrySet()) {
            AppReader reader = new AppReader(surroundings, group.getKey(), Map.of());
            switch (reader.read(source)) {
                case Parsed.Valid<Manifest>(Manifest manifest) ->
                        add(new Group(manifest, group.getValue()));
                case Parsed.Invalid<Manifest>(List<Problem> found) ->
                        problems.putIfAbsent(surroundings.shown(source.file()), found);
            }
        }
        return problems;
    }

    private void add(Group group) {
        Takers takers = new Takers(group.manifest());
        for (SuiteCase each : group.cases()) {
            takers.problem(each)
                    .ifPresent(problem ->
                            problems.computeIfAbsent(each.file().shown(), _ -> new ArrayList<>())
                                    .add(problem));
        }
        groups.add(group);
    }

    List<Group> groups() {
        return List.copyOf(groups);
    }
}
