package dev.mayfly.server;

import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.AppState;
import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Clash;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Token;
import dev.mayfly.server.Kind.Extra;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Tells how changes ended. */
final class Changes {
    private final AdminParts parts;

    Changes(AdminParts parts) {
        this.parts = parts;
    }

    /** Answers with the app afterwards. */
    Answer told(Call call, ChangeResult result, Function<AppState, Record> view) {
        return switch (result) {
            case ChangeResult.Done(AppState state, int revision, boolean replayed) ->
                    replayed
                            ? shown(state, view).with("idempotency-replayed", "true")
                            : shown(state, view);
            case ChangeResult.Unchanged(AppState state) -> shown(state, view);
            default -> Answer.refused(refusal(call, result));
        };
    }

    private static Answer.Shown shown(AppState state, Function<AppState, Record> view) {
        return Answer.ok(view.apply(state)).at(state);
    }

    /** As {@link #told}, once every gateway serves it, or {@code wait} is over. */
    Answer awaited(
            Call call,
            ChangeResult result,
            Optional<String> wait,
            Function<AppState, Record> view) {
        Duration patience = patience(wait);
        if (result instanceof ChangeResult.Done done && patience.isPositive()) {
            parts.standing().await(done.state().version(), patience);
        }
        return told(call, result, view);
    }

    static Duration patience(Optional<String> wait) {
        Duration wanted = wait.flatMap(Times::duration).orElse(Duration.ZERO);
        return wanted.compareTo(ApiLimits.LONGEST_WAIT) > 0 ? ApiLimits.LONGEST_WAIT : wanted;
    }

    /** {@return what a change that was not made is answered with} */
    static Refusal refusal(Call call, ChangeResult result) {
        return switch (result) {
            case ChangeResult.NotFound(String what) -> Refusal.notFound(what);
            case ChangeResult.Stale(long version) ->
                    Refusal.of(
                            Kind.STALE,
                            "the app is at version " + version,
                            new Extra.Version(version));
            case ChangeResult.RoutesTaken(List<Clash> clashes) ->
                    Refusal.of(
                            Kind.ROUTES_TAKEN,
                            "other apps answer these routes",
                            new Extra.Clashes(
                                    clashes.stream()
                                            .map(clash -> clash(clash, call.token()))
                                            .toList()));
            case ChangeResult.ArtifactsMissing(Set<Digest> digests) ->
                    Refusal.of(
                            Kind.ARTIFACTS_MISSING,
                            "upload these first",
                            new Extra.Digests(Digests.texts(digests)));
            case ChangeResult.Invalid(List<Problem> problems) -> Refusal.invalid(problems);
            case ChangeResult.KeyReused(String key) ->
                    Refusal.of(
                            Kind.KEY_REUSED, "choose another Idempotency-Key for another request");
            case ChangeResult.Done done ->
                    throw new IllegalArgumentException("no refusal: " + done);
            case ChangeResult.Unchanged unchanged ->
                    throw new IllegalArgumentException("no refusal: " + unchanged);
        };
    }

    /** Who has a route is told to those who may know of that app. */
    private static Extra.ClashView clash(Clash clash, Token token) {
        return new Extra.ClashView(
                clash.host(),
                clash.pattern(),
                clash.method(),
                token.mayRead(clash.owner()) ? clash.owner() : "");
    }
}
