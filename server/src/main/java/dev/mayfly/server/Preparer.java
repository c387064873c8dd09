package dev.mayfly.server;

import dev.mayfly.gateway.AppRevision;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.Preparation;
import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From a revision as it is stored to one that the gateway could serve. Blocks; any thread. */
final class Preparer {
    private final Layouts layouts;
    private final Gateway gateway;

    Preparer(Layouts layouts, Gateway gateway) {
        this.layouts = layouts;
        this.gateway = gateway;
    }

    /**
     * {@return the revision, to be served or closed, or every problem} Throws when its files cannot
     * be had just now.
     */
    Parsed<LoadedRevision> prepare(Revision revision, Map<String, String> values)
            throws IOException {
        return switch (Manifests.parse(revision.manifest())) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> new Parsed.Invalid<>(problems);
            case Parsed.Valid<Manifest>(Manifest manifest) -> resolve(revision, manifest, values);
        };
    }

    /** {@return whether another app that is served here has a route of it} */
    static boolean isTaken(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.key().equals("trigger.http.route"));
    }

    private Parsed<LoadedRevision> resolve(
            Revision revision, Manifest manifest, Map<String, String> values) throws IOException {
        List<Problem> misplaced = ArtifactPaths.problems(manifest, revision.artifacts().keySet());
        if (!misplaced.isEmpty()) {
            return new Parsed.Invalid<>(misplaced);
        }
        Map<String, String> given = LoadedRevision.only(manifest.variables().keySet(), values);
        return switch (Manifests.resolve(manifest, given)) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) -> new Parsed.Invalid<>(problems);
            case Parsed.Valid<Manifest>(Manifest resolved) -> load(revision, resolved, given);
        };
    }

    private Parsed<LoadedRevision> load(
            Revision revision, Manifest resolved, Map<String, String> given) throws IOException {
        Path folder = layouts.folder(revision, resolved);
        Set<String> declared = Set.copyOf(resolved.variables().keySet());
        return switch (gateway.prepare(new AppRevision(resolved, revision.number(), folder))) {
            case Preparation.Refused(List<Problem> problems) -> new Parsed.Invalid<>(problems);
            case Preparation.Prepared(PreparedApp app, _, List<String> warnings) ->
                    new Parsed.Valid<>(
                            new LoadedRevision(app, revision, declared, given, folder, warnings));
        };
    }
}
