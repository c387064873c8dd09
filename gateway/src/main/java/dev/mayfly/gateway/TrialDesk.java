package dev.mayfly.gateway;

import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.Replay;
import dev.mayfly.http.ResponseHead;
import dev.mayfly.http.RevisionFinder;
import dev.mayfly.http.Trial;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.RuntimeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The parts of a server that run functions, without those that listen. */
final class TrialDesk implements Trials {
    private final int atOnce;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final GuestRuntime guests;
    private final HttpTrigger trigger;
    private final Preparer preparer;
    private final EventTrials events;

    /**
     * @param atOnce how many requests there will be at once
     * @param early takes what functions log before their first request
     */
    TrialDesk(ServerSettings settings, int atOnce, Consumer<String> early) {
        this.atOnce = atOnce;
        guests =
                GuestRuntime.start(
                        runtime(settings.guests(), atOnce),
                        (function, line) -> early.accept(function.function() + ": " + line));
        trigger = new HttpTrigger(Main.http(settings), Journal.silent(), RevisionFinder.NONE);
        preparer =
                new Preparer(
                        new AppLoader(guests, trigger, blocking),
                        new LiveApps(trigger, served -> {}),
                        trigger,
                        guests,
                        settings.limits(),
                        manifest -> List.of());
        events = EventTrials.of(settings.kafka(), guests::wake);
    }

    /** As a server's, with a thread for each. */
    private static RuntimeSettings runtime(ServerSettings.Guests guests, int atOnce) {
        return Main.runtime(
                new ServerSettings.Guests(
                        Math.max(guests.threads(), atOnce),
                        guests.maxBlocked(),
                        guests.memoryBudget(),
                        guests.cache(),
                        true, // its user's own functions
                        guests.linger()));
    }

    @Override
    public Preparation prepare(AppRevision app) {
        AppRevision roomy =
                new AppRevision(
                        Manifests.withRoom(app.manifest(), atOnce), app.revision(), app.folder());
        return switch (preparer.prepare(List.of(roomy))) {
            case Parsed.Valid<List<LoadedApp>>(List<LoadedApp> apps) ->
                    new Preparation.Prepared(
                            apps.getFirst(), apps.getFirst().routes(), apps.getFirst().warnings());
            case Parsed.Invalid<List<LoadedApp>>(List<Problem> problems) ->
                    new Preparation.Refused(problems);
        };
    }

    @Override
    public Optional<Tried> send(TrialRequest request, PreparedApp app, Duration longest)
            throws InterruptedException {
        Replay replay =
                new Replay(
                        request.method(),
                        request.target(),
                        request.fields().stream()
                                .map(field -> new ResponseHead.Field(field.name(), field.value()))
                                .toList(),
                        request.body());
        return trigger.trial(replay, LoadedApp.of(app).table(), guests::wake, longest)
                .map(TrialDesk::tried);
    }

    private static Tried tried(Trial trial) {
        return new Tried(
                trial.answer().status(),
                trial.answer().fields().stream()
                        .map(field ->
                                new TrialRequest.Field(
                                        field.name().toString(), field.value().toString()))
                        .toList(),
                trial.answer().body(),
                trial.runs().stream()
                        .map(ran -> run(ran.function(), ran.outcome(), ran.evidence()))
                        .toList(),
                trial.log(),
                trial.failures());
    }

    @Override
    public Optional<TriedEvent> send(TrialEvent event, PreparedApp app, Duration longest)
            throws InterruptedException {
        return events.send(event, LoadedApp.of(app), longest);
    }

    static Tried.Run run(FunctionId function, Outcome outcome, Evidence evidence) {
        return new Tried.Run(
                function.function(),
                SampleRun.sentence(outcome),
                outcome instanceof Outcome.Exited(int code)
                        ? OptionalInt.of(code)
                        : OptionalInt.empty(),
                evidence.dirtyPages(),
                Duration.ofNanos(evidence.guestNanos()));
    }

    @Override
    public void close() {
        guests.close();
        blocking.shutdownNow();
    }
}
