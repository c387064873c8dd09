package dev.mayfly.server;

import static dev.mayfly.server.ApiServer.DIGEST;
import static dev.mayfly.server.ApiServer.MODULE;

import dev.mayfly.registry.Digest;
import dev.mayfly.server.ApiServer.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A request for each answer that the API documents, in an order in which they work: at first there
 * are the apps {@code shop} with two revisions, {@code split} with traffic on two, and {@code old},
 * the route of whose first revision is another app's by now and whose second has a variable host.
 */
final class Examples {
    private static final String APP = "/v1/apps/{app}";
    private static final String UNKNOWN_DIGEST = "sha256:" + "0".repeat(64);

    private final List<Example> all = new ArrayList<>();
    private final String reader;
    private final String other;
    private final String spare;

    /** Tokens; {@code admin}'s is sent unless another is said, {@code spare} is one to revoke. */
    Examples(String admin, String reader, String other, String spare) {
        this.spare = spare;
        this.reader = reader;
        this.other = other;
        selves();
        apps();
        traffic();
        deploys();
        variables();
        artifacts();
        tokens();
        events();
        rest();
        endings();
        all.replaceAll(example -> asAdmin(example, admin));
    }

    private static Example asAdmin(Example example, String admin) {
        return new Example(
                example.operation(),
                example.status(),
                example.target(),
                sent -> {
                    Sent written = example.write().apply(sent);
                    return written.fields().containsKey("authorization")
                            ? written
                            : written.as(admin);
                });
    }

    List<Example> all() {
        return List.copyOf(all);
    }

    private void add(String operation, int status, String target, UnaryOperator<Sent> write) {
        all.add(new Example(operation, status, target, write));
    }

    private void add(String operation, int status, String target) {
        add(operation, status, target, sent -> sent);
    }

    private static UnaryOperator<Sent> json(String body) {
        return sent -> sent.json(body);
    }

    /** What every endpoint that asks for a token answers without one, and to nonsense. */
    private void refusals(String operation, String target, boolean admits) {
        add(operation, 401, target, sent -> sent.with("authorization", "Bearer nobody"));
        if (!admits) {
            add(operation, 403, target, sent -> sent.as(reader));
        }
        add(operation, 422, target + "?nonsense=1");
    }

    private void unreadable(String operation, String target) {
        add(operation, 404, target, sent -> sent.as(other));
    }

    private void selves() {
        add("GET /v1", 200, "/v1");
        add("GET /v1/openapi.json", 200, "/v1/openapi.json");
        add("GET /v1/whoami", 200, "/v1/whoami");
        refusals("GET /v1/whoami", "/v1/whoami", true);
    }

    private void apps() {
        add("GET /v1/apps", 200, "/v1/apps");
        refusals("GET /v1/apps", "/v1/apps", true);
        reads(APP, "/v1/apps/shop");
        reads(APP + "/revisions", "/v1/apps/shop/revisions");
        reads(APP + "/revisions/{revision}", "/v1/apps/shop/revisions/1");
        add("GET " + APP + "/revisions/{revision}", 404, "/v1/apps/shop/revisions/99");
        add("GET /v1/routes", 200, "/v1/routes");
        refusals("GET /v1/routes", "/v1/routes", true);
    }

    private void reads(String path, String target) {
        add("GET " + path, 200, target);
        refusals("GET " + path, target, true);
        unreadable("GET " + path, target);
    }

    private void traffic() {
        String path = APP + "/traffic";
        String target = "/v1/apps/shop/traffic";
        reads(path, target);
        changes("PUT " + path, target, "{'traffic':{'1':50,'2':50}}", "{'traffic':{'1':50}}");
        reads(APP + "/canary", "/v1/apps/split/canary");
        bodilessChanges("DELETE " + APP + "/canary", "/v1/apps/split/canary", 1);
        add("GET " + APP + "/canary", 404, "/v1/apps/taker/canary");
        clash("PUT " + path, "/v1/apps/old/traffic", "{'traffic':{'1':100}}");
    }

    /** What every change of an app answers; {@code good} changes something. */
    private void changes(String operation, String target, String good, String bad) {
        int created = operation.endsWith("/deploys") ? 201 : 200;
        add(operation, 412, target, sent -> sent.json(good).with("if-match", "\"1\""));
        add(operation, created, target, sent -> sent.json(good).with("idempotency-key", target));
        add(operation, 422, target, json(bad));
        if (!changed(good).equals(good)) {
            add(
                    operation,
                    422,
                    target,
                    sent -> sent.json(changed(good)).with("idempotency-key", target));
        }
        add(operation, 415, target);
        refusals(operation, target, false);
        unreadable(operation, target);
    }

    /** Another request of the same form. */
    private static String changed(String good) {
        return good.replace("'1':50,'2':50", "'1':51,'2':49").replace("'x'", "'y'");
    }

    private void bodilessChanges(String operation, String target, int version) {
        String stale = "\"" + version + "\"";
        refusals(operation, target, false);
        unreadable(operation, target);
        add(operation, 412, target, sent -> sent.with("if-match", stale));
        add(operation, 200, target, sent -> sent.with("idempotency-key", target));
    }

    /** What {@code old} may not do. */
    private void clash(String operation, String target, String body) {
        add(operation, 409, target, json(body));
    }

    private void deploys() {
        String path = "POST " + APP + "/deploys";
        String target = "/v1/apps/shop/deploys";
        changes(path, target, deploy("shop", "x", DIGEST), "{'manifest':1}");
        add(path, 200, target, json(deploy("shop", "x", DIGEST)));
        add(path, 409, target, json(deploy("shop", "z", UNKNOWN_DIGEST)));
        String activate = "POST " + APP + "/activate";
        String activation = "/v1/apps/shop/activate";
        changes(activate, activation, "{'revision':1,'wait':'1s'}", "{'revision':0}");
        clash(activate, "/v1/apps/old/activate", "{'revision':1}");
        String rollback = "POST " + APP + "/rollback";
        changes(rollback, "/v1/apps/shop/rollback", "{'revision':2}", "{'revision':'2'}");
        clash(rollback, "/v1/apps/old/rollback", "{}");
    }

    private static String deploy(String app, String word, String digest) {
        String manifest =
                ApiServer.manifest(app, "# " + word + ExampleApps.trigger(app))
                        .replace("\"", "\\'");
        return "{'manifest':'"
                + manifest.replace("\n", "\\n")
                + "','artifacts':{'f.wasm':'"
                + digest
                + "'},'message':'"
                + word
                + "'}";
    }

    private void variables() {
        for (String kind : List.of("variables", "secrets")) {
            String path = APP + "/" + kind;
            String target = "/v1/apps/shop/" + kind;
            reads(path, target);
            String good = "{'set':{'a_" + kind + "':'x'}}";
            changes("PATCH " + path, target, good, "{'set':{'A':'x'}}");
            clash("PATCH " + path, "/v1/apps/old/" + kind, "{'set':{'host':'shop.example'}}");
        }
    }

    private void artifacts() {
        String missing = "/v1/artifacts/missing";
        add("POST " + missing, 200, missing, json("{'digests':['" + DIGEST + "']}"));
        add("POST " + missing, 415, missing);
        refusals("POST " + missing, missing, false);
        String path = "/v1/artifacts/{digest}";
        String there = "/v1/artifacts/" + DIGEST;
        String unknown = "/v1/artifacts/" + UNKNOWN_DIGEST;
        add("HEAD " + path, 200, there);
        add("HEAD " + path, 404, unknown);
        refusals("HEAD " + path, there, false);
        uploads("PUT " + path, unknown);
        refusals("PUT " + path, there, false);
        add("GET " + path, 200, there);
        add("GET " + path, 404, unknown);
        refusals("GET " + path, there, false);
    }

    private void uploads(String operation, String unknown) {
        add(operation, 201, "/v1/artifacts/" + DIGEST, sent -> sent.bytes(MODULE));
        byte[] eight = "12345678".getBytes(StandardCharsets.US_ASCII);
        String target = "/v1/artifacts/" + Digests.text(Digest.of(eight));
        UnaryOperator<Sent> first =
                sent -> sent.bytes(new byte[] {'1'}).with("content-range", "bytes 0-0/8");
        add(operation, 202, target, first);
        add(operation, 409, target, first);
        add(operation, 422, unknown, sent -> sent.bytes(MODULE));
        add(operation, 413, unknown, sent -> sent.bytes(new byte[(4 << 20) + 1]));
    }

    private void tokens() {
        String path = "/v1/tokens";
        add("GET " + path, 200, path);
        refusals("GET " + path, path, false);
        String token = "{'name':'ci','scopes':['deploy:shop'],'lifetime':'30d'}";
        add("POST " + path, 201, path, json(token));
        add("POST " + path, 415, path);
        refusals("POST " + path, path, false);
        add("DELETE " + path + "/{id}", 200, path + "/" + spare);
        add("DELETE " + path + "/{id}", 404, path + "/nobody");
        refusals("DELETE " + path + "/{id}", path + "/nobody", false);
        add("POST /v1/keys/rotate", 200, "/v1/keys/rotate");
        refusals("POST /v1/keys/rotate", "/v1/keys/rotate", false);
    }

    private void events() {
        add("GET /v1/triggers", 200, "/v1/triggers");
        refusals("GET /v1/triggers", "/v1/triggers", true);
        reads(APP + "/dead-letters", "/v1/apps/shop/dead-letters");
        String path = APP + "/dead-letters/{topic}/{partition}/{offset}";
        String target = "/v1/apps/shop/dead-letters/shop-failed/0/0";
        reads(path, target);
        bodilessChanges("POST " + path + "/replay", target + "/replay", 1);
        add(
                "POST " + path + "/replay",
                422,
                target.replace("/0/0", "/0/1") + "/replay",
                sent -> sent.with("idempotency-key", target + "/replay"));
        add("POST " + path + "/replay", 404, target.replace("/0/0", "/0/99") + "/replay");
    }

    private void rest() {
        add("GET /v1/status", 200, "/v1/status");
        refusals("GET /v1/status", "/v1/status", true);
        add("GET /v1/functions", 200, "/v1/functions?app=shop");
        refusals("GET /v1/functions", "/v1/functions", true);
        reads(APP + "/logs", "/v1/apps/shop/logs");
        reads(APP + "/logs/all", "/v1/apps/shop/logs/all");
        add("GET /v1/audit", 200, "/v1/audit");
        refusals("GET /v1/audit", "/v1/audit", false);
        unreadable("GET /v1/audit", "/v1/audit?app=shop");
        activations();
        add("GET /health/live", 200, "/health/live");
        add("GET /health/ready", 200, "/health/ready");
        add("GET /metrics", 200, "/metrics");
        refusals("GET /metrics", "/metrics", true);
        add("GET /metrics", 403, "/metrics", sent -> sent.as(other));
    }

    /** Real ones are in ActivationsApiIT: here nothing was ever asked of a function. */
    private void activations() {
        add("GET /v1/activations", 200, "/v1/activations");
        refusals("GET /v1/activations", "/v1/activations", true);
        String one = "/v1/activations/{activation}";
        add("GET " + one, 404, "/v1/activations/none");
        refusals("GET " + one, "/v1/activations/none", true);
        add("POST " + one + "/replay", 404, "/v1/activations/none/replay");
        refusals("POST " + one + "/replay", "/v1/activations/none/replay", false);
    }

    private void endings() {
        bodilessChanges("DELETE " + APP, "/v1/apps/shop", 1);
        add("DELETE " + APP, 404, "/v1/apps/shop");
    }
}
