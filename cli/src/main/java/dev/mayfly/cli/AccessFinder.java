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

    AccessFinder(Surroundings surroundings, Contexts contexts) {
        this.surroundings = surroundings;
        this.contexts = contexts;
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
        ServerAddress address;
        if (server != null) {
            address = ServerAddress.of(server);
        } else if (context != null) {
            address = named(context);
        } else if (!environment(SERVER).isEmpty()) {
            address = ServerAddress.of(environment(SERVER));
        } else if (!environment(CONTEXT).isEmpty()) {
            address = named(environment(CONTEXT));
        } else {
            address = contexts.current().map(this::named).orElseGet(this::thisMachine);
        }
        return new Access(address, Optional.empty(), "nobody");
    }

    private ServerAddress thisMachine() {
        return ServerAddress.ofThisMachine(surroundings.environment());
    }

    private ServerAddress named(String context) {
        return contexts.find(context).orElseThrow(() -> unknown(context)).server();
    }

    private Access context(String name, Optional<String> over) {
        Context context = contexts.find(name).orElseThrow(() -> unknown(name));
        return new Access(
                context.server(), over.or(() -> Optional.of(context.token())), "context " + name);
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
        Optional<String> kept = contexts.of(server).map(Context::token);
        Optional<String> known = token().or(() -> kept);
        return known.isPresent() || !server.isLoopback()
                ? new Access(server, known, source)
                : new Access(server, localToken(), source);
    }

    private Access thisMachines() throws IOException {
        Optional<String> given = token();
        return new Access(
                thisMachine(),
                given.isPresent() ? given : localToken(),
                "the server of this machine");
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
