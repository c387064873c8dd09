package dev.mayfly.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which server a command talks to. */
final class ServerChoice {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "The server's admin address (default: MAYFLY_SERVER, else the context's, else http://127.0.0.1:3001).")
    private @Nullable String server;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description =
                    "A server somebody logged in to (default: MAYFLY_CONTEXT, else the current one).")
    private @Nullable String context;

    @Mixin private TlsOptions tls = new TlsOptions();

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    /** {@return the admin API of the server that is meant} */
    AdminClient connect(Surroundings surroundings) throws IOException {
        try {
            Contexts contexts = new ContextFile(surroundings).read();
            AccessFinder finder = new AccessFinder(surroundings, contexts, tls.given(surroundings));
            return AdminClient.of(finder.find(server, context));
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    /** {@return the same for a call that needs no token, and gets none} */
    AdminClient reach(Surroundings surroundings) throws IOException {
        try {
            Contexts contexts = new ContextFile(surroundings).read();
            AccessFinder finder = new AccessFinder(surroundings, contexts, tls.given(surroundings));
            return AdminClient.of(finder.withoutToken(server, context));
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    /** {@return what ends the command as wrong usage} */
    ParameterException misused(String message) {
        return Usage.wrong(command, message);
    }
}
