package dev.mayfly.registry;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Apps in the database: what is asked. What is changed, {@link Edits} knows. */
@Singleton
final class StoredApps implements Apps {
    private final Database database;
    private final Ledger ledger;
    private final Edits edits;
    private final Census census;
    private final RouteRows routes;
    private final Revisions revisions;

    StoredApps(
            Database database,
            Ledger ledger,
            Edits edits,
            Census census,
            RouteRows routes,
            Revisions revisions) {
        this.database = database;
        this.ledger = ledger;
        this.edits = edits;
        this.census = census;
        this.routes = routes;
        this.revisions = revisions;
    }

    @Override
    public ChangeResult commit(NewRevision revision, Intent intent) {
        return commit(revision, intent, ledger::change);
    }

    @Override
    public ChangeResult rehearse(NewRevision revision, Intent intent) {
        return commit(revision, intent, ledger::rehearse);
    }

    private ChangeResult commit(
            NewRevision revision, Intent intent, BiFunction<Order, Edit, ChangeResult> how) {
        return switch (Manifests.parse(revision.manifest())) {
            case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                    new ChangeResult.Invalid(problems);
            case Parsed.Valid<Manifest>(Manifest manifest) ->
                    how.apply(
                            deploy(manifest.app().name(), revision, intent),
                            (app, number) -> edits.commit(app, number, revision, intent.who()));
        };
    }

    private static Order deploy(String app, NewRevision revision, Intent intent) {
        return order(app, "deploy", intent, words(revision));
    }

    static Order deploy(String app, NewRevision revision, Rollout.Plan plan, Intent intent) {
        List<String> words = words(revision);
        words.add(plan.step() + " " + plan.abortOn());
        return order(app, "deploy", intent, words);
    }

    private static List<String> words(NewRevision revision) {
        List<String> words = new ArrayList<>();
        words.add(revision.manifest());
        words.add(revision.message());
        words.add(Integer.toString(revision.percent()));
        new TreeMap<>(revision.artifacts())
                .forEach((path, digest) -> {
                    words.add(path);
                    words.add(digest.hex());
                });
        return words;
    }

    @Override
    public ChangeResult activate(String app, int revision, Intent intent) {
        return ledger.change(
                order(app, "activate", intent, List.of(Integer.toString(revision))),
                (row, number) -> edits.activate(row, number, revision));
    }

    @Override
    public ChangeResult rollback(String app, Intent intent) {
        return ledger.change(order(app, "rollback", intent, List.of()), edits::rollback);
    }

    @Override
    public ChangeResult split(String app, Map<Integer, Integer> percent, Intent intent) {
        NavigableMap<Integer, Integer> shares = Shares.checked(percent);
        return ledger.change(
                order(app, "split", intent, List.of(shares.toString())),
                (row, number) -> edits.split(row, number, shares));
    }

    @Override
    public ChangeResult delete(String app, Intent intent) {
        return ledger.change(
                order(app, "delete", intent, List.of()), (row, _) -> edits.delete(row));
    }

    @Override
    public ChangeResult note(
            String app, String action, String what, String outcome, Intent intent) {
        return ledger.change(
                order(app, action, intent, List.of(what)),
                (row, _) ->
                        row.version() == 0
                                ? Edits.missing("the app " + app)
                                : new Edit.Edited.Made(0, (what + " " + outcome).strip()));
    }

    static Order order(String app, String action, Intent intent, List<String> words) {
        List<String> all = new ArrayList<>(List.of(action, app));
        all.addAll(words);
        return new Order(app, action, intent, HexFormat.of().formatHex(Sha256.of(all)));
    }

    @Override
    public OptionalInt previous(String app) {
        return database.read(() -> census.previous(app));
    }

    @Override
    public List<AppState> list() {
        return database.read(census::all);
    }

    @Override
    public Optional<AppState> find(String app) {
        return database.read(() -> census.find(app));
    }

    @Override
    public List<Revision.Summary> revisions(String app) {
        return database.read(() -> revisions.summaries(app));
    }

    @Override
    public Optional<Revision> revision(String app, int number) {
        return database.read(() -> revisions.find(app, number));
    }

    @Override
    public List<Route> routes() {
        return database.read(() -> routes.all().stream().map(RouteRow::route).toList());
    }

    @Override
    public LiveState live() {
        return database.read(() -> new LiveState(database.check(), census.live()));
    }

    @Override
    public Optional<LiveApp> live(String app) {
        return database.read(() -> census.live(app));
    }
}
