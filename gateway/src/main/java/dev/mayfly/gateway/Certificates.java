package dev.mayfly.gateway;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which certificate a client is shown: of those whose key it can work with, the first that
 * names the host it asks for (exactly, then by wildcard), else the first. Any thread.
 */
final class Certificates extends X509ExtendedKeyManager {
    /** SubjectAltName's kind of a DNS name. */
    private static final int DNS = 2;

    private final List<Named> all;

    Certificates(List<Identity> identities) {
        all = identities.stream().map(Named::of).toList();
    }

    /**
     * A certificate and the hosts it is good for, in lower case.
     *
     * @param identity the key and its chain
     * @param hosts exact, or {@code *.example.com}
     */
    private record Named(Identity identity, List<String> hosts) {
        static Named of(Identity identity) {
            List<String> hosts = new ArrayList<>();
            try {
                @Nullable Collection<List<?>> names =
                        identity.chain().getFirst().getSubjectAlternativeNames();
                for (List<?> name : names == null ? List.<List<?>>of() : names) {
                    if (name.getFirst().equals(DNS)) {
                        hosts.add(name.getLast().toString().toLowerCase(Locale.ROOT));
                    }
                }
            } catch (CertificateParsingException e) {
                return new Named(identity, List.of()); // names nobody can read name no host
            }
            return new Named(identity, List.copyOf(hosts));
        }

        boolean isOf(String keyType) {
            // "EC", "RSA", "RSASSA-PSS", "EdDSA"; TLS 1.2 also says "EC_EC" and "EC_RSA"
            String algorithm = identity.key().getAlgorithm();
            return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_");
        }

        X509Certificate[] chain() {
            return identity.chain().toArray(X509Certificate[]::new);
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        @Nullable String host = hostOf(engine);
        int dot = host == null ? -1 : host.indexOf('.');
        String wildcard = host == null || dot < 0 ? "" : "*" + host.substring(dot);
        int best = -1;
        int rank = -1;
        for (int i = 0; i < all.size(); i++) {
            Named named = all.get(i);
            int fits =
                    host == null
                            ? 0
                            : named.hosts.contains(host)
                                    ? 2
                                    : named.hosts.contains(wildcard) ? 1 : 0;
            if (named.isOf(keyType) && fits > rank) {
                best = i;
                rank = fits;
            }
        }
        return best < 0 || (rank == 0 && othersFitBetter(host, wildcard)) ? null : alias(best);
    }

    /**
     * The host's own certificate has a key of another kind, about which the client is asked next.
     */
    private boolean othersFitBetter(@Nullable String host, String wildcard) {
        return host != null
                && all.stream()
                        .anyMatch(
                                each -> each.hosts.contains(host) || each.hosts.contains(wildcard));
    }

    private static @Nullable String hostOf(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    private static String alias(int index) {
        return Integer.toString(index);
    }

    private Named named(String alias) {
        return all.get(Integer.parseInt(alias));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return named(alias).chain();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return named(alias).identity().key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        List<String> aliases = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isOf(keyType)) {
                aliases.add(alias(i));
            }
        }
        return aliases.toArray(String[]::new);
    }

    /** For sockets without an engine, of which the server has none. */
    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    /** {@return the certificates themselves, without what vouches for them} */
    List<X509Certificate> leaves() {
        return all.stream().map(each -> each.identity().chain().getFirst()).toList();
    }
}
