package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "logs",
        description = {
            "Print what the functions of an app wrote to standard error.",
            "On all gateways of the database, as far as they still have it. A gateway that does not answer is",
            "named on standard error, and its lines come when it does. With --output json each line is an object."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly logs",
            "  mayfly logs -f --function hello",
            "  mayfly logs --since 10m --output json",
            "  mayfly logs --request-id 0123456789abcdef0123456789abcdef"
        })
final class LogsCommand implements Callable<Integer> {
    private static final String LONG_POLL = "20s";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private AppChoice app = new AppChoice();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "",
            description = "10m ago or later, or a time such as 2026-11-20T20:15:00Z.")
    private String since = "";

    @Option(
            names = "--function",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Of this function only.")
    private String function = "";

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            defaultValue = "",
            description = "Of this request only, as X-Request-Id of its answer says.")
    private String requestId = "";

    private Set<String> silent = Set.of();

    LogsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("since", since);
        query.put("function", function);
        query.put("request_id", requestId);
        Session session = server.open(surroundings);
        String path = ApiPath.of("apps", app.name(session), "logs", "all");
        JsonNode page = page(session, query, path);
        while (follow) {
            page = page(session, next(query, page), path);
        }
        return Exit.OK.code();
    }

    private JsonNode page(Session session, Map<String, String> query, String path)
            throws IOException {
        Call call = Call.get(ApiPath.with(query, path)).within(PATIENCE);
        JsonNode page = session.send(call).body();
        boolean several = page.path("gateways").asInt() > 1;
        page.path("lines").forEach(line -> print(session, line, several));
        tellSilent(session, page.path("silent"));
        surroundings.out().flush();
        return page;
    }

    private Map<String, String> next(Map<String, String> query, JsonNode page) {
        Map<String, String> next = new LinkedHashMap<>(query);
        next.put("after", page.path("next").asText());
        next.put("wait", LONG_POLL);
        return next;
    }

    /** Each once, for as long as it stays so. */
    private void tellSilent(Session session, JsonNode gateways) {
        Set<String> now = new LinkedHashSet<>();
        gateways.forEach(each ->
                now.add(each.path("gateway").asText() + ": " + each.path("reason").asText()));
        now.stream()
                .filter(each -> !silent.contains(each))
                .forEach(each -> session.remark("! lines are missing of " + Shown.plain(each)));
        silent = now;
    }

    private void print(Session session, JsonNode line, boolean several) {
        surroundings.out().println(session.isJson() ? line.toString() : text(line, several));
    }

    private String text(JsonNode line, boolean several) {
        return Shown.time(line.path("at"))
                + " "
                + (several ? Shown.plain(line.path("gateway").asText()) + " " : "")
                + surroundings.bold(Shown.plain(line.path("function").asText()))
                + " "
                + Shown.plain(line.path("request_id").asText())
                + " "
                + Shown.plain(line.path("line").asText());
    }
}
