package dev.mayfly.server;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/**
 * Deploys, in eight steps.
 *
 * <pre>
 *   1 read       the manifest, every problem at once          ─┐
 *   2 stage      are the artifacts there                        │ refused here, nothing changed
 *   3 compile    ┐                                              │
 *   4 snapshot   ├ beside what is served                        │
 *   5 check      ┘ routes, limits, variables, sample requests  ─┘
 *   6 commit     one transaction: the commit point
 *   7 switch     this gateway at once, the others as they hear of it
 *   8 drain      the gateway lets old requests end
 * </pre>
 */
final class DeploySteps implements Deploys {
    private final Registry registry;
    private final Preparer preparer;
    private final Replica replica;
    private final Standing standing;

    DeploySteps(Registry registry, Preparer preparer, Replica replica, Standing standing) {
        this.registry = registry;
        this.preparer = preparer;
        this.replica = replica;
        this.standing = standing;
    }

    @Override
    public DeployOutcome deploy(DeployWish wish) {
        List<Problem> problems = problems(wish);
        return problems.isEmpty()
                ? new OneDeploy(registry, preparer, replica, standing, wish).run()
                : new DeployOutcome.Invalid(problems);
    }

    /** What is wrong with the wish by itself. */
    private static List<Problem> problems(DeployWish wish) {
        List<Problem> problems = new ArrayList<>();
        switch (Manifests.parse(wish.revision().manifest())) {
            case Parsed.Invalid<Manifest>(List<Problem> found) -> problems.addAll(found);
            case Parsed.Valid<Manifest>(Manifest manifest) -> checkName(manifest, wish, problems);
        }
        wish.canary().ifPresent(canary -> check(canary, problems));
        return problems;
    }

    private static void checkName(Manifest manifest, DeployWish wish, List<Problem> problems) {
        String name = manifest.app().name();
        if (!name.equals(wish.app())) {
            String message = "\"" + name + "\" (expected: \"" + wish.app() + "\", as asked for)";
            problems.add(problem("app.name", message, "deploy it under its own name"));
        }
    }

    private static void check(CanaryWish canary, List<Problem> problems) {
        if (canary.percent() < 1 || canary.percent() > 99) {
            String message = canary.percent() + " (expected: 1 to 99)";
            problems.add(problem("canary.percent", message, "begin with 5"));
        }
        if (canary.step().toSeconds() < 1) {
            String message = canary.step().toMillis() + " ms (expected: 1 s or more)";
            problems.add(problem("canary.step", message, "say 10m"));
        }
        if (!canary.abortOn().isEmpty()) {
            try {
                AbortRule.parse(canary.abortOn());
            } catch (IllegalArgumentException e) {
                String message = String.valueOf(e.getMessage());
                problems.add(problem("canary.abort_on", message, "say 5xx>1%"));
            }
        }
    }

    private static Problem problem(String key, String message, String mend) {
        return new Problem(0, 0, key, message, mend);
    }
}
