package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a server's apps as an archive has them, each by itself: variables, artifacts, revisions in
 * their order, traffic. What is there already is left as it is, so after whatever broke off it is
 * simply run again. Revisions get the numbers that the server gives, and the traffic follows them.
 *
 * <p>Secrets are in no archive. An app that cannot do without one is refused by the server, and the
 * others go on.
 */
final class Restore {
    private final Session session;
    private final Archive archive;
    private final String command;

    /** {@code command} is what complaints begin with. */
    Restore(Session session, Archive archive, String command) {
        this.session = session;
        this.archive = archive;
        this.command = command;
    }

    Exit run(JsonNode index) throws IOException {
        if (index.path("format").asInt() != Export.FORMAT) {
            throw new IOException(
                    "an export of format "
                            + index.path("format").asText("none")
                            + " (expected: "
                            + Export.FORMAT
                            + "); use the mayfly that wrote it");
        }
        List<Object> done = new ArrayList<>();
        List<Exit> refusals = new ArrayList<>();
        for (JsonNode app : index.path("apps")) {
            try {
                done.add(restore(app));
            } catch (RefusedException refused) {
                new RefusalReport(session.surroundings(), command).print(refused);
                refusals.add(refused.exit());
            }
            tellSecrets(app);
        }
        session.tell(Wire.tree(Map.of("apps", done)), Restore::text);
        return refusals.stream().max(Comparator.naturalOrder()).orElse(Exit.OK);
    }

    /** Where an app ended up. */
    private static String text(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        for (JsonNode app : answer.path("apps")) {
            text.append(app.path("name").asText())
                    .append(": ")
                    .append(Shown.traffic(app.path("traffic")))
                    .append('\n');
        }
        return text.append("imported ")
                .append(Count.of(answer.path("apps").size(), "app"))
                .append('\n')
                .toString();
    }

    private Map<String, Object> restore(JsonNode app) throws IOException {
        String name = app.path("name").asText();
        setVariables(name, app.path("variables"));
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (JsonNode revision : inOrder(app.path("revisions"))) {
            numbers.put(revision.path("number").asText(), deploy(name, revision));
        }
        Map<String, Integer> traffic = new TreeMap<>();
        for (Map.Entry<String, JsonNode> share : app.path("traffic").properties()) {
            Integer number = Objects.requireNonNull(numbers.get(share.getKey()), share.getKey());
            traffic.put(number.toString(), share.getValue().asInt());
        }
        split(name, traffic);
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("name", name);
        done.put("traffic", traffic);
        return done;
    }

    private void setVariables(String app, JsonNode wanted) throws IOException {
        String path = ApiPath.of("apps", app, "variables");
        JsonNode there = found(path).map(answer -> answer.path("variables")).orElse(null);
        if (!wanted.isEmpty() && !wanted.equals(there)) {
            session.change("PATCH", path, Map.of("set", wanted));
        }
    }

    private static List<JsonNode> inOrder(JsonNode revisions) {
        List<JsonNode> ordered = new ArrayList<>();
        revisions.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(revision -> revision.path("number").asInt()));
        return ordered;
    }

    /** {@return its number on this server} */
    private int deploy(String app, JsonNode revision) throws IOException {
        Optional<Integer> there = same(app, revision);
        if (there.isPresent()) {
            return there.get();
        }
        List<Artifact> artifacts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : revision.path("artifacts").properties()) {
            artifacts.add(archive.artifact(each.getKey(), each.getValue().asText()));
        }
        new Upload(session).send(artifacts);
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("manifest", revision.path("manifest").asText());
        wish.put("artifacts", revision.path("artifacts"));
        wish.put("message", revision.path("message").asText());
        Call call = Waiting.call(ApiPath.of("apps", app, "deploys"), wish);
        return session.send(call, app + "/app.toml").body().path("revision").asInt();
    }

    private Optional<Integer> same(String app, JsonNode wanted) throws IOException {
        Optional<JsonNode> there = found(ApiPath.of("apps", app, "revisions"));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        for (JsonNode each : there.get().path("revisions")) {
            String number = each.path("number").asText();
            JsonNode revision = session.get(ApiPath.of("apps", app, "revisions", number));
            if (revision.path("manifest").equals(wanted.path("manifest"))
                    && revision.path("artifacts").equals(wanted.path("artifacts"))) {
                return Optional.of(each.path("number").asInt());
            }
        }
        return Optional.empty();
    }

    private void split(String app, Map<String, Integer> wanted) throws IOException {
        String path = ApiPath.of("apps", app, "traffic");
        if (!wanted.isEmpty() && !session.get(path).path("traffic").equals(Wire.tree(wanted))) {
            session.change("PUT", path, Map.of("traffic", wanted));
        }
    }

    /** {@return what is there, if the app is} */
    private Optional<JsonNode> found(String path) throws IOException {
        return switch (session.client().send(Call.get(path))) {
            case Reply.Done done -> Optional.of(done.body());
            case Reply.Refused(ApiProblem problem) when problem.status() == 404 -> Optional.empty();
            case Reply.Refused(ApiProblem problem) ->
                    throw new RefusedException(problem, RefusedException.REQUEST);
        };
    }

    private void tellSecrets(JsonNode app) throws IOException {
        String name = app.path("name").asText();
        JsonNode there = found(ApiPath.of("apps", name, "secrets")).orElse(Wire.tree(Map.of()));
        List<String> set = new ArrayList<>();
        there.path("secrets").forEach(secret -> set.add(secret.path("name").asText()));
        for (JsonNode secret : app.path("secrets")) {
            if (!set.contains(secret.asText())) {
                session.remark(
                        "to be set: mayfly secrets set " + secret.asText() + " --app " + name);
            }
        }
    }
}
