package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A token is no argument: whoever lists processes or reads the shell's history would have it. */
@Command(
        name = "login",
        description = {
            "Check a token with a server, and keep both as a context.",
            "Without --token-file and --token-stdin the token is MAYFLY_TOKEN's, else that of a server on",
            "this machine, else it is asked for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly login                                 the server of this machine",
            "  mayfly login https://mayfly.example.com --context live",
            "  pass show mayfly | mayfly login https://mayfly.example.com --token-stdin",
            "  mayfly login https://10.0.0.1:3001 --ca-file ca.pem        kept with the context"
        })
final class LoginCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:3001",
            description = "The server's admin address (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Read the token from a file.")
    private @Nullable Path tokenFile;

    @Option(names = "--token-stdin", description = "Read the token from standard input.")
    private boolean tokenFromInput;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "What to call it (default: the server's host; local for this machine).")
    private @Nullable String name;

    @Mixin private TlsOptions tls = new TlsOptions();

    @Mixin private OutputOption output = new OutputOption();

    @Spec private @Nullable CommandSpec command;

    LoginCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        ServerAddress server = address();
        String context = contextOf(server);
        Access access = access(server);
        Session session = new Session(AdminClient.of(access), surroundings, output.format());
        JsonNode me = session.get(ApiPath.of("whoami"));
        ContextFile file = new ContextFile(surroundings);
        Context kept = new Context(server, access.token().orElseThrow(), access.tls());
        file.change(contexts -> contexts.with(context, kept));
        if (!server.isPrivate()) {
            session.remark("warning: the token travels unencrypted to " + server + "; use https");
        }
        return session.tell(answer(me, context, server), this::text).code();
    }

    private String text(JsonNode answer) {
        return "logged in to "
                + answer.path("server").asText()
                + " as "
                + Shown.plain(answer.path("name").asText())
                + " ("
                + Shown.plain(Wire.joined(answer.path("scopes")))
                + ") until "
                + Shown.time(answer.path("expires_at"))
                + "; context "
                + answer.path("context").asText()
                + "\n";
    }

    private static JsonNode answer(JsonNode me, String context, ServerAddress server) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("context", context);
        answer.put("server", server.toString());
        me.properties().forEach(each -> answer.put(each.getKey(), each.getValue()));
        return Wire.tree(answer);
    }

    private ServerAddress address() {
        try {
            return ServerAddress.of(url);
        } catch (IllegalArgumentException e) {
            throw Usage.wrong(command, String.valueOf(e.getMessage()));
        }
    }

    private String contextOf(ServerAddress server) {
        String usual = server.isLoopback() ? "local" : server.uri().getHost();
        String wanted = name == null ? usual : name;
        if (!wanted.matches(Contexts.NAME)) {
            throw Usage.wrong(
                    command, "context \"" + wanted + "\" (expected: letters, digits, . _ -)");
        }
        return wanted;
    }

    private Access access(ServerAddress server) throws IOException {
        Optional<String> given = given();
        Access access =
                given.isPresent()
                        ? access(server, given.get())
                        : new AccessFinder(surroundings, Contexts.NONE, tls()).find(url, null);
        return access.token().isPresent() ? access : access(server, asked(server));
    }

    private Access access(ServerAddress server, String token) {
        if (!Access.isToken(token)) {
            throw Usage.wrong(command, "that is no token (expected: one word, not shown here)");
        }
        return new Access(server, Optional.of(token), tls(), "login");
    }

    private ClientTls tls() {
        try {
            return tls.given(surroundings);
        } catch (IllegalArgumentException e) {
            throw Usage.wrong(command, String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> given() throws IOException {
        if (tokenFile != null) {
            return Optional.of(Files.readString(surroundings.resolve(tokenFile)).strip());
        }
        if (tokenFromInput) {
            byte[] bytes = surroundings.keyboard().input().readAllBytes();
            return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
        }
        return Optional.empty();
    }

    private String asked(ServerAddress server) {
        String typed = surroundings.keyboard().askSecretly("Token for " + server + ": ").strip();
        if (typed.isEmpty()) {
            throw Usage.wrong(
                    command, "no token: --token-file, --token-stdin or MAYFLY_TOKEN gives one");
        }
        return typed;
    }
}
