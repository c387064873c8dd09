package dev.mayfly.gateway;

import dev.mayfly.gateway.ServerSettings.Tls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How a gateway knows the admin listeners of the others, and what it shows them. Gateways mostly
 * have the same certificate, which names none of their addresses: one that shows ours, and so has
 * its key, is one of us. Any other is believed as {@code admin.tls.client_authority} or this
 * system's list vouches for it, and for its host.
 *
 * @param admin the TLS of this gateway's own admin listener
 */
public record PeerTrust(Tls admin) {
    private static final char[] IN_MEMORY = {};

    /** {@return what changes when the files do; empty without TLS} */
    public String stamp() {
        return admin.isOn() ? new TlsFiles(admin).stamp() : "";
    }

    /**
     * {@return what makes connections, by the files as they are now} Blocks.
     *
     * @throws IOException for a file that cannot be used, naming it
     */
    public SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown(), new TrustManager[] {trusted()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS to other gateways cannot be made: " + e.getMessage(), e);
        }
    }

    /** For listeners that let in only who shows a certificate. */
    private KeyManager[] shown() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Tls.Pair pair : admin.pairs()) {
            Identity own = Identity.read(pair.certificate(), pair.key());
            store.setKeyEntry(
                    pair.certificate().toString(),
                    own.key(),
                    IN_MEMORY,
                    own.chain().toArray(Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }

    private Family trusted() throws IOException, GeneralSecurityException {
        List<X509Certificate> own = new ArrayList<>();
        for (Tls.Pair pair : admin.pairs()) {
            own.add(Identity.certificates(pair.certificate()).getFirst());
        }
        List<X509ExtendedTrustManager> others = new ArrayList<>();
        if (admin.clientAuthority().isPresent()) {
            others.add((X509ExtendedTrustManager) Identity.trusting(admin.clientAuthority().get()));
        }
        TrustManagerFactory system = TrustManagerFactory.getInstance("PKIX");
        system.init((KeyStore) null);
        others.add((X509ExtendedTrustManager) system.getTrustManagers()[0]);
        return new Family(own, others);
    }

    /** Believes who shows one of {@code own}, and whom one of {@code others} believes. */
    private static final class Family extends X509ExtendedTrustManager {
        private final List<X509Certificate> own;
        private final List<X509ExtendedTrustManager> others;

        Family(List<X509Certificate> own, List<X509ExtendedTrustManager> others) {
            this.own = List.copyOf(own);
            this.others = List.copyOf(others);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            if (chain.length > 0 && own.contains(chain[0])) {
                return;
            }
            CertificateException refusal = new CertificateException("nobody vouches for it");
            for (X509ExtendedTrustManager other : others) {
                try {
                    other.checkServerTrusted(chain, type, engine);
                    return;
                } catch (CertificateException e) {
                    refusal = e;
                }
            }
            throw refusal;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no engine, and so no host to compare");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no engine, and so no host to compare");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this end calls, it is not called");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("this end calls, it is not called");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("this end calls, it is not called");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
