package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Requests that the other gateways remember, asked for in the caller's name. What they answer goes
 * on as it came. Any thread.
 */
final class AllActivations {
    private static final String PATH = "/v1/activations";
    private static final String LIST = "activations";

    private final Standing standing;
    private final Others others;

    AllActivations(AdminParts parts) {
        this.standing = parts.standing();
        this.others = parts.others();
    }

    /** A request that another gateway remembers, and which one that is. */
    record Elsewhere(GatewayPlace place, JsonNode detail) {
        String app() {
            return detail.path("activation").path("app").asText();
        }
    }

    /** {@return the newest of all gateways} Those of this one are {@code own}. */
    Answer newest(Call call, ActivationView.Page own, int limit) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String each : List.of("app", "function", "outcome", "since")) {
            call.query().text(each).ifPresent(text -> query.put(each, text));
        }
        query.put("limit", Integer.toString(limit));
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) ->
                pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        Map<GatewayPlace, Peers.Heard> heard = ask(call, PATH + "?" + String.join("&", pairs));
        ObjectNode page = Shapes.of(ActivationView.Page.class).write(own);
        List<JsonNode> items = new ArrayList<>();
        page.path(LIST).forEach(items::add);
        ArrayNode silent = page.withArray("silent");
        heard.forEach((place, answer) -> {
            switch (answer) {
                case Peers.Heard.Told(JsonNode body) -> body.path(LIST).forEach(items::add);
                case Peers.Heard.Silent(String why) -> silent.add(note(place, why));
            }
        });
        items.sort(Comparator.comparing((JsonNode item) -> item.path("at").asText()).reversed());
        page.set(LIST, JsonNodeFactory.instance.arrayNode().addAll(cut(items, limit)));
        return new Answer.Json(JsonBodies.bytes(page));
    }

    private static List<JsonNode> cut(List<JsonNode> items, int limit) {
        return items.subList(0, Math.min(limit, items.size()));
    }

    private static JsonNode note(GatewayPlace place, String why) {
        return Shapes.of(View.Silent.class).write(new View.Silent(place.told(), why));
    }

    /** {@return the request as the gateway tells it that remembers it} */
    Optional<Elsewhere> find(Call call) {
        for (var each : ask(call, PATH + "/" + call.named("activation")).entrySet()) {
            if (each.getValue() instanceof Peers.Heard.Told(JsonNode detail)) {
                return Optional.of(new Elsewhere(each.getKey(), detail));
            }
        }
        return Optional.empty();
    }

    /** {@return what the gateway answers that sends its request again} Blocks. */
    Peers.Heard replay(Call call, Elsewhere elsewhere) {
        String target = PATH + "/" + call.named("activation") + "/replay";
        return others.peers()
                .ask(elsewhere.place(), "POST", target, token(call), ApiLimits.LONGEST_WAIT)
                .join();
    }

    private Map<GatewayPlace, Peers.Heard> ask(Call call, String target) {
        Map<GatewayPlace, CompletableFuture<Peers.Heard>> asked = new LinkedHashMap<>();
        standing.gateways().stream()
                .filter(each -> !each.id().equals(others.self().id()))
                .limit(Peers.MOST_PEERS)
                .forEach(each ->
                        asked.put(
                                each,
                                others.peers()
                                        .ask(each, "GET", target, token(call), Duration.ZERO)));
        Map<GatewayPlace, Peers.Heard> heard = new LinkedHashMap<>();
        asked.forEach((place, answer) -> heard.put(place, answer.join()));
        return heard;
    }

    private static String token(Call call) {
        return call.request().field("authorization").orElse("");
    }
}
