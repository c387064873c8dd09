package dev.mayfly.server;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.LiveApp;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes of what is served, each asked of the registry, which knows at once what would be refused,
 * and then tried here before it is committed: every revision that will have traffic is loaded with
 * the values it will have. The commit holds for just what was tried ({@link Basis}). What this
 * gateway serves as it is already is not loaded again.
 */
final class LocalSwitches implements Switches {
    private final Registry registry;
    private final Preparer preparer;
    private final Replica replica;
    private final Handover handover;

    LocalSwitches(Registry registry, Preparer preparer, Replica replica) {
        this.registry = registry;
        this.preparer = preparer;
        this.replica = replica;
        handover = new Handover(registry, replica);
    }

    @Override
    public ChangeResult activate(String app, int revision, Intent intent) {
        return change(
                app,
                intent,
                () -> plan(app, List.of(revision)),
                firm -> registry.apps().activate(app, revision, firm));
    }

    @Override
    public ChangeResult rollback(String app, Intent intent) {
        return change(
                app,
                intent,
                () -> plan(app, registry.apps().previous(app).stream().boxed().toList()),
                firm -> registry.apps().rollback(app, firm));
    }

    @Override
    public ChangeResult split(String app, Map<Integer, Integer> percent, Intent intent) {
        List<Integer> numbers =
                percent.entrySet().stream()
                        .filter(share -> share.getValue() > 0)
                        .map(Map.Entry::getKey)
                        .toList();
        return change(
                app,
                intent,
                () -> plan(app, numbers),
                firm -> registry.apps().split(app, percent, firm));
    }

    @Override
    public ChangeResult delete(String app, Intent intent) {
        return change(
                app,
                intent,
                () -> new Plan(List.of(), Map.of()),
                firm -> registry.apps().delete(app, firm));
    }

    @Override
    public ChangeResult set(
            String app, Map<String, String> values, Set<String> remove, Intent intent) {
        return change(
                app,
                intent,
                () -> new Plan(live(app), after(app, values, remove)),
                firm -> registry.variables().set(app, values, remove, firm));
    }

    @Override
    public ChangeResult setSecrets(
            String app, Map<String, String> values, Set<String> remove, Intent intent) {
        return change(
                app,
                intent,
                () -> new Plan(live(app), after(app, values, remove)),
                firm -> registry.variables().setSecrets(app, values, remove, firm));
    }

    private Map<String, String> after(String app, Map<String, String> set, Set<String> removed) {
        Map<String, String> values = new HashMap<>(registry.variables().forRun(app));
        values.keySet().removeAll(removed);
        values.putAll(set);
        return values;
    }

    private List<Revision> live(String app) {
        return registry.apps().live(app).map(LiveApp::revisions).orElse(List.of());
    }

    /** Those that are kept; the registry itself says what it thinks of the others. */
    private Plan plan(String app, Collection<Integer> numbers) {
        return new Plan(
                numbers.stream()
                        .map(number -> registry.apps().revision(app, number))
                        .flatMap(Optional::stream)
                        .toList(),
                registry.variables().forRun(app));
    }

    /** What will have traffic, and with which values. */
    private record Plan(List<Revision> needed, Map<String, String> values) {
        /** Without the values. */
        @Override
        public String toString() {
            return "Plan[" + needed.size() + " revisions]";
        }
    }

    /** Makes the change, under the conditions it is given. */
    private interface Commit extends Function<Intent, ChangeResult> {}

    private ChangeResult change(String app, Intent intent, Supplier<Plan> plan, Commit commit) {
        return Basis.steady(
                intent,
                () -> attempt(app, intent, plan, commit),
                ended -> ended instanceof ChangeResult.Stale);
    }

    private ChangeResult attempt(String app, Intent intent, Supplier<Plan> plan, Commit commit) {
        Intent firm = Basis.of(registry, app, intent);
        ChangeResult foreseen = registry.rehearse(() -> commit.apply(firm));
        return foreseen instanceof ChangeResult.Done
                ? prepared(app, plan.get(), () -> commit.apply(firm))
                : foreseen;
    }

    private ChangeResult prepared(String app, Plan plan, Supplier<ChangeResult> commit) {
        List<LoadedRevision> loaded = new ArrayList<>();
        List<Problem> problems = load(app, plan, loaded);
        if (!problems.isEmpty()) {
            loaded.forEach(LoadedRevision::close);
            return Preparer.isTaken(problems)
                            && registry.rehearse(commit) instanceof ChangeResult.RoutesTaken taken
                    ? taken
                    : new ChangeResult.Invalid(problems);
        }
        return commit(app, loaded, commit);
    }

    private ChangeResult commit(
            String app, List<LoadedRevision> loaded, Supplier<ChangeResult> commit) {
        boolean taken = false;
        try {
            ChangeResult result = commit.get();
            if (result instanceof ChangeResult.Done) {
                taken = true;
                handover.settle(app, loaded);
            }
            return result;
        } finally {
            if (!taken) {
                loaded.forEach(LoadedRevision::close);
            }
        }
    }

    private List<Problem> load(String app, Plan plan, List<LoadedRevision> into) {
        List<Problem> problems = new ArrayList<>();
        for (Revision revision : plan.needed()) {
            if (!isServed(app, revision, plan.values())) {
                load(revision, plan.values(), into, problems);
            }
        }
        return problems;
    }

    private boolean isServed(String app, Revision revision, Map<String, String> values) {
        return replica.find(app)
                .flatMap(track -> track.served().find(revision.number()))
                .filter(served -> served.fits(revision, values))
                .isPresent();
    }

    private void load(
            Revision revision,
            Map<String, String> values,
            List<LoadedRevision> into,
            List<Problem> problems) {
        try {
            switch (preparer.prepare(revision, values)) {
                case Parsed.Valid<LoadedRevision>(LoadedRevision ready) -> into.add(ready);
                case Parsed.Invalid<LoadedRevision>(List<Problem> found) -> problems.addAll(found);
            }
        } catch (IOException e) {
            String message =
                    "the files of revision %d cannot be laid out: %s"
                            .formatted(revision.number(), e.getMessage());
            problems.add(new Problem(0, 0, "artifacts", message, "see the server's disk"));
        }
    }
}
