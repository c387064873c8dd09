package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One request to a function, with all there is to know of its answer. */
@Command(
        name = "invoke",
        description = {
            "Send a request to an app on a server and show the answer.",
            "Status, headers, body, how long it took, and its id for mayfly logs. Ends with 1 for a status",
            "from 500 on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly invoke /hello",
            "  mayfly invoke POST /orders --data '{\"id\": 1}' --header 'content-type: application/json'",
            "  mayfly invoke /hello --revision 4     a preview, whatever its traffic is",
            "  mayfly invoke /upload --data @file    a file's bytes; @- for standard input"
        })
final class InvokeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private AppChoice app = new AppChoice();

    @Parameters(
            arity = "1..2",
            paramLabel = "[METHOD] PATH",
            description = "Method (default: GET, with data POST), and path with its query.")
    private List<String> words = List.of();

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header of the request; repeatable.")
    private List<String> headers = List.of();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "TEXT|@FILE",
            description = "The body.")
    private @Nullable String data;

    @Option(
            names = "--revision",
            paramLabel = "NUMBER",
            description = "Have this revision answer; takes a token that may look at the app.")
    private @Nullable Integer revision;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where functions are served (default: as the server tells).")
    private @Nullable String url;

    InvokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String path = words.getLast();
        if (!path.startsWith("/")) {
            throw server.misused("path \"" + path + "\" (expected: one that starts with /)");
        }
        Session session = server.open(surroundings);
        URI base = base(session);
        Map<String, String> fields = fields(session);
        Invocation invocation =
                new Invocation(
                        method(),
                        base.resolve(path),
                        fields,
                        body(),
                        session.client().access().tls());
        Invocation.Answer answer = invocation.send();
        show(session, answer);
        return (answer.status() >= 500 ? Exit.FAILURE : Exit.OK).code();
    }

    private String method() {
        return words.size() == 2 ? words.getFirst() : data == null ? "GET" : "POST";
    }

    private byte[] body() throws IOException {
        if (data == null) {
            return new byte[0];
        }
        if (data.equals("@-")) {
            return surroundings.keyboard().input().readAllBytes();
        }
        return data.startsWith("@")
                ? Files.readAllBytes(surroundings.directory().resolve(data.substring(1)))
                : data.getBytes(StandardCharsets.UTF_8);
    }

    private URI base(Session session) throws IOException {
        String told = url != null ? url : session.get(ApiPath.of("status")).path("listen").asText();
        try {
            return url != null ? ServerAddress.of(told).uri() : reachable(session, told);
        } catch (IllegalArgumentException e) {
            throw server.misused(e.getMessage() + "; --url says where functions are served");
        }
    }

    /**
     * A server tells its address as it knows it, which may be every address, or its own loopback.
     */
    private static URI reachable(Session session, String listen) {
        URI data = ServerAddress.of(listen).uri();
        String host = data.getHost();
        ServerAddress admin = session.client().access().server();
        boolean elsewhere = !admin.isLoopback() && ServerAddress.of(listen).isLoopback();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("[::]");
        return elsewhere || everywhere
                ? URI.create("http://" + admin.uri().getHost() + ":" + data.getPort())
                : data;
    }

    private Map<String, String> fields(Session session) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        host(session).ifPresent(host -> fields.put("Host", host));
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw server.misused("--header \"" + header + "\" (expected: 'name: value')");
            }
            fields.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
        }
        if (revision != null) {
            fields.put("X-Mayfly-Revision", revision.toString());
            session.client().access().token().ifPresent(text -> fields.put("X-Mayfly-Token", text));
        }
        return fields;
    }

    /** {@return the first host the app answers to, if it does not answer to any} */
    private Optional<String> host(Session session) throws IOException {
        JsonNode routes = session.get(ApiPath.of("apps", app.name(session))).path("routes");
        for (JsonNode route : routes) {
            if (route.path("host").asText("*").equals("*")) {
                return Optional.empty();
            }
        }
        return Optional.of(routes.path(0).path("host").asText())
                .filter(host -> !host.isEmpty())
                .map(host -> host.startsWith("*.") ? "any" + host.substring(1) : host);
    }

    private void show(Session session, Invocation.Answer answer) throws IOException {
        if (session.isJson()) {
            surroundings.out().println(Json.text(answer.facts()));
            return;
        }
        surroundings
                .err()
                .println(surroundings.bold(answer.status() + ", " + Shown.time(answer.time())));
        answer.headers()
                .forEach((name, value) ->
                        surroundings.err().println(Shown.plain(name + ": " + value)));
        surroundings.err().println();
        surroundings.out().print(answer.text());
        surroundings.out().flush();
    }
}
