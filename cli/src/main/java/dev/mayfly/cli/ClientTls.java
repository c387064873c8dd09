package dev.mayfly.cli;

import dev.mayfly.gateway.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a server of {@code https} is known, and what is shown to it.
 *
 * @param caFile PEM of whoever vouches for the server; the system's list when there is none
 * @param certificate PEM of who calls, for servers that ask
 * @param key its key
 */
record ClientTls(Optional<Path> caFile, Optional<Path> certificate, Optional<Path> key) {
    /** As the system has it, and showing nothing. */
    static final ClientTls SYSTEM =
            new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());

    ClientTls {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException(
                    "a client certificate and its key go together (expected: --client-certificate"
                            + " and --client-key, or neither)");
        }
    }

    /** {@return this where it says something, else {@code other}} */
    ClientTls over(ClientTls other) {
        return new ClientTls(
                caFile.or(other::caFile),
                certificate.isPresent() ? certificate : other.certificate,
                certificate.isPresent() ? key : other.key);
    }

    /** {@return the same with the files' places found by {@code place}} */
    ClientTls at(Function<Path, Path> place) {
        return new ClientTls(caFile.map(place), certificate.map(place), key.map(place));
    }

    boolean isSystem() {
        return equals(SYSTEM);
    }

    /**
     * Reads the files.
     *
     * @throws IOException names the one that cannot be used, and what was expected
     */
    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private TrustManager @Nullable [] trust() throws IOException {
        return caFile.isEmpty() ? null : new TrustManager[] {Identity.trusting(caFile.get())};
    }

    private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        if (certificate.isEmpty() || key.isEmpty()) {
            return null;
        }
        Identity identity = Identity.read(certificate.get(), key.get());
        char[] inMemoryOnly = "unused".toCharArray();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "client",
                identity.key(),
                inMemoryOnly,
                identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, inMemoryOnly);
        return factory.getKeyManagers();
    }
}
