package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One deploy, as the client sees it.
 *
 * <pre>
 *   app.toml ─► every problem? 3 ─► files, hashed ─► variables ─► what is missing? upload ─► deploy
 *               same code as the                     (not in a                               the server's
 *               server's                              dry run)                               eight steps
 * </pre>
 */
final class Deployment {
    private final Session session;
    private final Location.Found source;
    private final String shown;

    /** The same for each try of this deploy, so that it happens once. */
    private final String key = UUID.randomUUID().toString();

    Deployment(Session session, Location.Found source) {
        this.session = session;
        this.source = source;
        this.shown = session.surroundings().shown(source.file());
    }

    /**
     * What somebody wants deployed.
     *
     * @param members of the request, beside the app itself
     * @param variables to be set before
     * @param version the app must be at
     * @param dryRun whether nothing is to change
     */
    record Wish(
            Map<String, Object> members,
            Map<String, String> variables,
            Optional<Long> version,
            boolean dryRun) {
        Wish {
            members = new LinkedHashMap<>(members);
            variables = Map.copyOf(variables);
        }
    }

    Exit run(Wish wish) throws IOException {
        return switch (ManifestText.read(source)) {
            case Parsed.Invalid<ManifestText>(List<Problem> problems) -> refuse(problems);
            case Parsed.Valid<ManifestText>(ManifestText app) -> run(app, wish);
        };
    }

    private Exit run(ManifestText app, Wish wish) throws IOException {
        List<Problem> problems = new ArrayList<>(Manifests.notServedYet(app.manifest()));
        problems.addAll(variableProblems(app.manifest(), wish.variables()));
        return switch (new BundleReader(source.folder()).read(app.manifest())) {
            case Parsed.Invalid<Bundle>(List<Problem> found) -> {
                problems.addAll(found);
                yield refuse(problems);
            }
            case Parsed.Valid<Bundle>(Bundle bundle) ->
                    problems.isEmpty() ? send(app, bundle, wish) : refuse(problems);
        };
    }

    private static List<Problem> variableProblems(Manifest manifest, Map<String, String> given) {
        List<Problem> problems = new ArrayList<>();
        given.keySet().stream()
                .sorted()
                .forEach(name -> {
                    Manifest.Variable declared = manifest.variables().get(name);
                    if (declared == null) {
                        problems.add(problem(name, "is not declared", "declare it in [variables]"));
                    } else if (declared.secret()) {
                        String mend = "pipe its value into mayfly secrets set " + name;
                        problems.add(problem(name, "is a secret, which is no argument", mend));
                    }
                });
        return problems;
    }

    private static Problem problem(String variable, String message, String mend) {
        return new Problem(0, 0, "--variable " + variable, message, mend);
    }

    private Exit send(ManifestText app, Bundle bundle, Wish wish) throws IOException {
        String name = app.manifest().app().name();
        setVariables(name, wish);
        new Upload(session).send(bundle.distinct());
        Map<String, Object> request = new LinkedHashMap<>(wish.members());
        request.put("manifest", app.text());
        request.put("artifacts", bundle.digests());
        Call call =
                Waiting.call(ApiPath.of("apps", name, "deploys"), request)
                        .with("Idempotency-Key", key);
        Call conditional =
                wish.version().map(at -> call.with("If-Match", "\"" + at + "\"")).orElse(call);
        JsonNode answer = session.send(conditional, shown).body();
        answer.path("warnings").forEach(text -> session.remark("warning: " + text.asText()));
        DeployReport report =
                new DeployReport(session.surroundings(), wish.members().containsKey("wait"));
        session.tell(answer, report::text);
        return report.isEverywhere(answer) ? Exit.OK : Exit.FAILURE;
    }

    private void setVariables(String app, Wish wish) throws IOException {
        if (wish.variables().isEmpty()) {
            return;
        }
        if (wish.dryRun()) {
            session.remark(
                    "note: a dry run sets no variables; the server checks with those it has");
            return;
        }
        session.change(
                "PATCH", ApiPath.of("apps", app, "variables"), Map.of("set", wish.variables()));
    }

    private Exit refuse(List<Problem> problems) {
        if (session.isJson()) {
            new ProblemLine(session.surroundings()).print(shown, problems);
        } else {
            new ProblemReport(session.surroundings()).print(shown, problems);
        }
        return Exit.INVALID;
    }
}
