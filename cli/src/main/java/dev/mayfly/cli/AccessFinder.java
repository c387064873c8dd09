package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which server a command talks to, and as whom: flags over environment over the context file over a
 * server of this machine.
 *
 * <pre>
 *   --server URL ──► --context NAME ──► MAYFLY_SERVER ──► MAYFLY_CONTEXT ──► current ──► this machine's
 *       │                 │                  │                 │                │             │
 *       │            its own token           └──────── MAYFLY_TOKEN, if set ────┘    &lt;data&gt;/admin.token
 *       └─► MAYFLY_TOKEN, else that of a context of the same server, else as this machine's
 * </pre>
 *
 * A token that was kept for one server is never sent to another one.
 */
final class AccessFinder {
    static final String SERVER = "MAYFLY_SERVER";
    static final String TOKEN = "MAYFLY_TOKEN";
    static final String CONTEXT = "MAYFLY_CONTEXT";
    private static final String DATA = "MAYFLY_DATA_FOLDER";

    private final Surroundings surroundings;
    private final Contexts contexts;
    private final ClientTls given;

    AccessFinder(Surroundings surroundings, Contexts contexts, ClientTls given) {
        this.surroundings = surroundings;
        this.contexts = contexts;
        this.given = given;
    }

    /**
     * {@return the server and the token}
     *
     * @param server as given by {@code --server}
     * @param context as given by {@code --context}
     * @throws IllegalArgumentException when what was named is not there
     */
    Access find(@Nullable String server, @Nullable String context) throws IOException {
        if (server != null) {
            return named(ServerAddress.of(server), "--server");
        }
        if (context != null) {
            return context(context, Optional.empty());
        }
        if (!environment(SERVER).isEmpty()) {
            return named(ServerAddress.of(environment(SERVER)), SERVER);
        }
        if (!environment(CONTEXT).isEmpty()) {
            return context(environment(CONTEXT), token());
        }
        return contexts.current().isPresent()
                ? context(contexts.current().get(), token())
                : thisMachines();
    }

    /** {@return the same server, and no token, for what everybody may ask} */
    Access withoutToken(@Nullable String server, @Nullable String context) {
        if (server != null) {
            return bare(ServerAddress.of(server));
        }
        if (context != null) {
            return bare(context);
        }
        if (!environment(SERVER).isEmpty()) {
            return bare(ServerAddress.of(environment(SERVER)));
        }
        if (!environment(CONTEXT).isEmpty()) {
            return bare(environment(CONTEXT));
        }
        return contexts.current().map(this::bare).orElseGet(() -> bare(thisMachine()));
    }

    private Access bare(ServerAddress server) {
        ClientTls tls = contexts.of(server).map(Context::tls).orElse(ClientTls.SYSTEM);
        return new Access(server, Optional.empty(), given.over(tls), "nobody");
    }

    private Access bare(String name) {
        Context context = contexts.find(name).orElseThrow(() -> unknown(name));
        return new Access(context.server(), Optional.empty(), given.over(context.tls()), "nobody");
    }

    private Access context(String name, Optional<String> over) {
        Context context = contexts.find(name).orElseThrow(() -> unknown(name));
        return new Access(
                context.server(),
                over.or(() -> Optional.of(context.token())),
                given.over(context.tls()),
                "context " + name);
    }

    private IllegalArgumentException unknown(String name) {
        String known =
                contexts.byName().isEmpty()
                        ? "mayfly login makes one"
                        : "expected one of " + contexts.byName().keySet();
        return new IllegalArgumentException(
                "context \"" + name + "\" is not there (" + known + ")");
    }

    private Access named(ServerAddress server, String source) throws IOException {
        Optional<Context> kept = contexts.of(server);
        Optional<String> known = token().or(() -> kept.map(Context::token));
        ClientTls tls = given.over(kept.map(Context::tls).orElse(ClientTls.SYSTEM));
        return known.isPresent() || !server.isLoopback()
                ? new Access(server, known, tls, source)
                : new Access(server, localToken(), tls, source);
    }

    private Access thisMachines() throws IOException {
        Optional<String> token = token();
        return new Access(
                thisMachine(),
                token.isPresent() ? token : localToken(),
                given,
                "the server of this machine");
    }

    private ServerAddress thisMachine() {
        return ServerAddress.ofThisMachine(surroundings.environment());
    }

    /** Whoever may read the server's own file may do with it what they like anyway. */
    private Optional<String> localToken() throws IOException {
        Map<String, String> environment = surroundings.environment();
        String data = environment(DATA);
        Path folder =
                data.isEmpty() ? Homes.data(environment) : surroundings.resolve(Path.of(data));
        Path file = folder.resolve("admin.token");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        surroundings.err().println("using the token of this machine's server, " + file);
        return Optional.of(Files.readString(file).strip());
    }

    private Optional<String> token() {
        return Optional.of(environment(TOKEN).strip()).filter(text -> !text.isEmpty());
    }

    private String environment(String name) {
        return surroundings.environment().getOrDefault(name, "");
    }
}
