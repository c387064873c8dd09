package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mayfly.server.ApiServer.Sent;

/** The apps that {@link Examples} speaks of, deployed as a client deploys them. */
final class ExampleApps {
    private ExampleApps() {}

    /** What {@code shop} has beside its route: a trigger, and a place for what it fails on. */
    static String trigger(String app) {
        return app.equals("shop")
                ? """

                [[trigger.kafka]]
                topics = ["shop-orders"]
                function = "f"
                dead_letter_topic = "shop-failed"
                """
                : "";
    }

    static void deploy(ApiPeer peer, String admin) {
        send(
                peer,
                admin,
                Sent.of("PUT", "/v1/artifacts/" + ApiServer.DIGEST).bytes(ApiServer.MODULE));
        deploy(peer, admin, "old", body(ApiServer.manifest("old", "")));
        deploy(peer, admin, "old", body(variable("old")));
        String taker = ApiServer.manifest("taker", "").replace("taker.ex", "old.ex");
        deploy(peer, admin, "taker", body(taker));
        for (String app : new String[] {"shop", "split"}) {
            deploy(peer, admin, app, body(ApiServer.manifest(app, trigger(app))));
        }
        deploy(peer, admin, "shop", body(ApiServer.manifest("shop", "# second" + trigger("shop"))));
        ObjectNode canary = body(ApiServer.manifest("split", "# second"));
        canary.putObject("canary").put("percent", 20).put("step", "10m").put("abort_on", "5xx>1%");
        deploy(peer, admin, "split", canary);
    }

    /** One whose host is a variable. */
    private static String variable(String app) {
        return ApiServer.manifest(app, "[variables]\nhost = { default = \"own.example\" }")
                .replace(app + ".example", "{{ host }}");
    }

    private static ObjectNode body(String manifest) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("manifest", manifest).put("message", "setup");
        body.putObject("artifacts").put("f.wasm", ApiServer.DIGEST);
        return body;
    }

    private static void deploy(ApiPeer peer, String admin, String app, ObjectNode body) {
        send(
                peer,
                admin,
                Sent.of("POST", "/v1/apps/" + app + "/deploys")
                        .with("content-type", "application/json")
                        .bytes(JsonBodies.bytes(body)));
    }

    private static void send(ApiPeer peer, String admin, Sent sent) {
        ApiServer.Reply reply = ApiServer.send(peer.port(), sent.as(admin));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }
}
