package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Source;
import dev.mayfly.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What to type once an app is there.
 *
 * @param surroundings what the person's paths start from
 */
record NextSteps(Surroundings surroundings) {
    /** {@return two commands, right for this template and this place} */
    List<String> after(Template template, Path target) {
        boolean isBuilt =
                template.manifest().functions().values().stream()
                        .allMatch(function -> hasModule(template, function));
        List<String> steps = new ArrayList<>();
        boolean isElsewhere = !target.equals(surroundings.directory());
        if (isElsewhere) {
            steps.add("cd " + quoted(surroundings.shown(target)));
        }
        if (!isBuilt) {
            steps.add("mayfly build");
        }
        if (steps.size() < 2) {
            steps.add(up(template.manifest()));
        }
        if (steps.size() < 2) {
            steps.add("mayfly test");
        }
        return steps;
    }

    private static boolean hasModule(Template template, FunctionSpec function) {
        return !(function.source() instanceof Source.File(String path))
                || template.files().containsKey(Path.of(path).normalize().toString());
    }

    private static String up(Manifest manifest) {
        String variables =
                manifest.variables().entrySet().stream()
                        .filter(each -> each.getValue().fallback().isEmpty())
                        .map(each -> " --variable " + each.getKey() + "=…")
                        .collect(Collectors.joining());
        return "mayfly up" + (manifest.kafka().isEmpty() ? "" : " --kafka embedded") + variables;
    }

    private static String quoted(String path) {
        return path.matches("[\\w./@:+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
