package dev.mayfly.pool;

import dev.mayfly.pool.FrozenFunction.Entrance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code _routes} printed: lines of a path and the export that serves it. */
final class RouteLines {
    /** A table of routes is looked through for every request. */
    private static final int MOST = 1_000;

    private final ModuleExports exports;
    private final List<String> lines = new ArrayList<>();

    RouteLines(ModuleExports exports) {
        this.exports = exports;
    }

    /** Takes one line of output; more than {@link #MOST} of them are a problem later. */
    void line(String line) {
        if (!line.isBlank() && lines.size() <= MOST) {
            lines.add(line.strip());
        }
    }

    /** The sub-routes; each line that is none is a problem. */
    List<Entrance> entrances(Findings findings) {
        List<Entrance> entrances = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        if (lines.size() > MOST) {
            findings.problem("_routes: prints more than " + MOST + " lines");
        }
        for (String line : lines) {
            String[] words = line.split("[ \t]+", -1);
            String wrong = wrong(words, paths);
            if (wrong.isEmpty()) {
                SubRoute route = new SubRoute(words[0], words[1]);
                entrances.add(new Entrance(route, exports.index(words[1])));
            } else {
                findings.problem("_routes: \"" + line + "\": " + wrong);
            }
        }
        return entrances;
    }

    private String wrong(String[] words, Set<String> paths) {
        if (words.length != 2 || !words[0].startsWith("/")) {
            return "is no route (expected: a path that starts with /, a blank, an export)";
        }
        if (!exports.has(words[1])) {
            return "names no export " + words[1] + "; " + exports.listed();
        }
        if (!exports.callable(words[1])) {
            return words[1]
                    + " has the type "
                    + exports.signature(words[1])
                    + " (expected: no parameters, no results)";
        }
        return paths.add(words[0]) ? "" : "the path is taken by a line before it";
    }
}
