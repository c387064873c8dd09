package dev.mayfly.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a server of {@code https} is known. */
final class TlsOptions {
    static final String CA_FILE = "MAYFLY_CA_FILE";
    static final String CERTIFICATE = "MAYFLY_CLIENT_CERTIFICATE";
    static final String KEY = "MAYFLY_CLIENT_KEY";

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "PEM of whoever vouches for the server (default: MAYFLY_CA_FILE, else the context's, else the system's list).")
    private @Nullable Path caFile;

    @Option(
            names = "--client-certificate",
            paramLabel = "FILE",
            description =
                    "PEM to show to a server that asks who calls (default: MAYFLY_CLIENT_CERTIFICATE, else the context's).")
    private @Nullable Path certificate;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "Its key (default: MAYFLY_CLIENT_KEY, else the context's).")
    private @Nullable Path key;

    /**
     * {@return what the options say, over what the environment says}
     *
     * @throws IllegalArgumentException for a certificate without its key
     */
    ClientTls given(Surroundings surroundings) {
        ClientTls typed =
                new ClientTls(
                        Optional.ofNullable(caFile),
                        Optional.ofNullable(certificate),
                        Optional.ofNullable(key));
        Map<String, String> environment = surroundings.environment();
        ClientTls inherited =
                new ClientTls(
                        file(environment, CA_FILE),
                        file(environment, CERTIFICATE),
                        file(environment, KEY));
        return typed.over(inherited).at(surroundings::resolve);
    }

    private static Optional<Path> file(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
    }
}
