package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a server's apps into an archive. Artifacts come first and the index last, so an archive
 * with an index is complete; what an earlier try brought is not fetched again.
 */
final class Export {
    /** Of the archive; another one is another layout. */
    static final int FORMAT = 1;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Session session;
    private final Archive archive;

    Export(Session session, Archive archive) {
        this.session = session;
        this.archive = archive;
    }

    /** {@return the index} */
    JsonNode run() throws IOException {
        List<Object> apps = new ArrayList<>();
        for (JsonNode app : session.get(ApiPath.of("apps")).path("apps")) {
            apps.add(app(app));
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("format", FORMAT);
        index.put("server", session.client().access().server().toString());
        index.put("at", Instant.now().toString());
        index.put("apps", apps);
        archive.writeIndex(index);
        return Wire.tree(index);
    }

    private Map<String, Object> app(JsonNode state) throws IOException {
        String name = state.path("name").asText();
        List<Object> revisions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> share : state.path("traffic").properties()) {
            revisions.add(revision(name, share.getKey()));
        }
        List<String> secrets = new ArrayList<>();
        session.get(ApiPath.of("apps", name, "secrets"))
                .path("secrets")
                .forEach(secret -> secrets.add(secret.path("name").asText()));
        Map<String, Object> app = new LinkedHashMap<>();
        app.put("name", name);
        app.put("traffic", Wire.plain(state.path("traffic")));
        app.put(
                "variables",
                Wire.plain(session.get(ApiPath.of("apps", name, "variables")).path("variables")));
        app.put("secrets", secrets);
        app.put("revisions", revisions);
        return app;
    }

    private Object revision(String app, String number) throws IOException {
        JsonNode revision = session.get(ApiPath.of("apps", app, "revisions", number));
        for (Map.Entry<String, JsonNode> each : revision.path("artifacts").properties()) {
            fetch(each.getKey(), each.getValue().asText());
        }
        return Wire.plain(revision);
    }

    private void fetch(String path, String digest) throws IOException {
        if (archive.has(digest)) {
            return;
        }
        session.remark("fetching " + Shown.plain(path));
        Call call = Call.get(ApiPath.of("artifacts", digest)).within(PATIENCE);
        if (session.client().stream(call, bytes -> archive.write(digest, bytes))
                instanceof Reply.Refused(ApiProblem problem)) {
            throw new RefusedException(problem, path);
        }
    }
}
