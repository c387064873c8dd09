package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.gateway.Activation;
import dev.mayfly.gateway.ActivationQuery;
import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.gateway.PreviewWish;
import dev.mayfly.gateway.Recorded;
import dev.mayfly.registry.Scope;
import dev.mayfly.registry.Token;
import dev.mayfly.server.Parameter.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Requests that this gateway and the others remember, and those that are sent again. */
final class ActivationCalls {
    private static final int SHOWN = 100;
    private static final Parameter GATEWAYS =
            new Parameter("gateways", Form.GATEWAYS, "Of this gateway, or of all.");

    private final Observed observed;
    private final AllActivations all;
    private final String self;

    ActivationCalls(AdminParts parts) {
        this.observed = parts.observed();
        this.all = new AllActivations(parts);
        this.self = parts.others().self().name();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                                "/v1/activations",
                                Access.ANY,
                                "The newest requests to functions, on this gateway or on all.",
                                this::newest)
                        .with(
                                GATEWAYS,
                                new Parameter("app", Form.APP, "Only this app's."),
                                new Parameter("function", Form.TEXT, "Only this function's."),
                                new Parameter("outcome", Form.TEXT, "Only with this outcome."),
                                new Parameter("since", Form.SINCE, "Only from then on."),
                                new Parameter(
                                        "limit", Form.NUMBER, "At most so many: 100, up to 1000."))
                        .answers(200, ActivationView.Page.class),
                Endpoint.get(
                                "/v1/activations/{activation}",
                                Access.ANY,
                                "One request, and what was sent and answered if that was recorded.",
                                this::one)
                        .with(GATEWAYS)
                        .answers(200, ActivationView.Detail.class)
                        .refuses(Kind.NOT_FOUND),
                Endpoint.post(
                                "/v1/activations/{activation}/replay",
                                Access.ANY_DEPLOY,
                                "Sends a recorded request again, to the same revision.",
                                this::replay)
                        .with(GATEWAYS)
                        .answers(200, ActivationView.Replay.class)
                        .refuses(Kind.NOT_FOUND, Kind.NOT_RECORDED, Kind.BUSY));
    }

    private Answer newest(Call call) {
        Query query = call.query();
        Token token = call.token();
        Optional<String> app = query.text("app");
        int limit = query.count("limit", SHOWN, ApiLimits.MOST_ACTIVATIONS);
        ActivationQuery wanted =
                new ActivationQuery(
                        name -> token.mayRead(name) && app.map(name::equals).orElse(true),
                        query.text("function"),
                        query.text("outcome"),
                        query.since("since"),
                        limit);
        ActivationView.Page own =
                new ActivationView.Page(
                        observed.activations().newest(wanted).stream()
                                .map(each -> ActivationView.of(self, each))
                                .toList(),
                        List.of());
        return isOfAll(call) ? all.newest(call, own, limit) : Answer.ok(own);
    }

    private static boolean isOfAll(Call call) {
        return call.query().text("gateways").filter("all"::equals).isPresent();
    }

    /** What the caller may not read is not there. */
    private Optional<Activation> find(Call call) {
        return observed.activations()
                .find(call.named("activation"))
                .filter(found -> call.token().mayRead(found.place().app()));
    }

    private static Answer nothing(Call call) {
        return Answer.notFound(
                "the activation "
                        + call.named("activation")
                        + (isOfAll(call) ? " on any gateway that answers" : " on this gateway"));
    }

    private Answer one(Call call) {
        return find(call).map(found -> detail(found, call)).orElseGet(() -> elsewhere(call));
    }

    private Answer elsewhere(Call call) {
        Optional<AllActivations.Elsewhere> found =
                isOfAll(call) ? all.find(call) : Optional.empty();
        return found.<Answer>map(each -> new Answer.Json(JsonBodies.bytes(each.detail())))
                .orElseGet(() -> nothing(call));
    }

    private Answer detail(Activation found, Call call) {
        Optional<Recorded> recorded = observed.activations().recorded(call.named("activation"));
        return Answer.ok(
                new ActivationView.Detail(
                        ActivationView.of(self, found),
                        recorded.map(both -> ActivationView.of(both.request())),
                        recorded.map(both -> ActivationView.of(both.answer()))));
    }

    private Answer replay(Call call) {
        Optional<Activation> found = find(call);
        if (found.isEmpty()) {
            return isOfAll(call) ? replayElsewhere(call) : nothing(call);
        }
        String app = found.get().place().app();
        if (!call.token().mayDeploy(app)) {
            return undeployable(app);
        }
        Optional<Recorded> recorded = observed.activations().recorded(call.named("activation"));
        if (recorded.isEmpty()) {
            return unrecorded("its function does not record bodies, or it was too long ago");
        }
        if (!recorded.get().request().body().whole()) {
            return unrecorded("its body was not kept whole");
        }
        return replay(call, found.get(), recorded.get());
    }

    /** That gateway asks itself whether the token may. */
    private Answer replayElsewhere(Call call) {
        Optional<AllActivations.Elsewhere> found = all.find(call);
        if (found.isEmpty()) {
            return nothing(call);
        }
        if (!call.token().mayDeploy(found.get().app())) {
            return undeployable(found.get().app());
        }
        return switch (all.replay(call, found.get())) {
            case Peers.Heard.Told(JsonNode replayed) -> new Answer.Json(JsonBodies.bytes(replayed));
            case Peers.Heard.Silent(String why) ->
                    unrecorded("the gateway that remembers it did not send it again: " + why);
        };
    }

    private static Answer undeployable(String app) {
        return Answer.refused(
                Refusal.of(
                        Kind.FORBIDDEN,
                        "to send a request again runs the function",
                        new Kind.Extra.Needs(Scope.deploy(app).toString())));
    }

    private static Answer unrecorded(String why) {
        return Answer.refused(Refusal.of(Kind.NOT_RECORDED, why));
    }

    private Answer replay(Call call, Activation activation, Recorded recorded) {
        Optional<PreparedApp> revision = revision(call, activation.place());
        if (revision.isEmpty()) {
            return Answer.notFound(
                    "revision "
                            + activation.place().revision()
                            + " of app "
                            + activation.place().app());
        }
        try {
            return observed.activations()
                    .replay(recorded.request(), revision.get(), ApiLimits.LONGEST_WAIT)
                    .map(answer -> replayed(recorded, answer))
                    .orElseGet(() ->
                            Answer.refused(
                                    Refusal.of(Kind.BUSY, "there was no answer within a minute")
                                            .with("retry-after", "1")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a request was sent again", e);
        }
    }

    /** As a preview, with the caller's own right. */
    private Optional<PreparedApp> revision(Call call, Activation.Place place) {
        Optional<String> bearer = call.request().field("authorization").map(Guard::bearer);
        PreviewWish wish = new PreviewWish(place.app(), place.revision(), bearer, false);
        try {
            return observed.revisions().find(wish).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("no revision to send a request to", e);
        }
    }

    private static Answer replayed(Recorded recorded, Recorded.Answer again) {
        boolean same =
                recorded.answer().status() == again.status()
                        && recorded.answer().body().whole()
                        && Arrays.equals(recorded.answer().body().bytes(), again.body().bytes());
        return Answer.ok(
                new ActivationView.Replay(
                        ActivationView.of(recorded.answer()), ActivationView.of(again), same));
    }
}
