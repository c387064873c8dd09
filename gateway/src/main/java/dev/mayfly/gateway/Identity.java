package dev.mayfly.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What one end of a TLS connection shows of itself.
 *
 * @param key belongs to the first certificate
 * @param chain the end's own certificate, then those that vouch for it
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final String CERTIFICATE = "CERTIFICATE";

    /** Copies the list in. */
    public Identity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads both from PEM files; the key as PKCS#8, PKCS#1 or SEC1.
     *
     * @param certificate the chain
     * @param key the key, without a passphrase
     * @return both
     * @throws IOException names the file, what is wrong with it and what was expected; never shows
     *     what is in it
     */
    public static Identity read(Path certificate, Path key) throws IOException {
        List<X509Certificate> chain = certificates(certificate);
        PrivateKey found = new PemKey(key, chain.getFirst().getPublicKey()).read();
        if (!PemKey.belongs(found, chain.getFirst().getPublicKey())) {
            throw new IOException(
                    "the key in "
                            + key
                            + " does not belong to the first certificate in "
                            + certificate
                            + " (expected: the pair as it was issued)");
        }
        return new Identity(found, chain);
    }

    /**
     * Trusts what the certificates of a PEM file vouch for, and nothing else.
     *
     * @param authorities the file
     * @return decides whom to trust
     * @throws IOException names the file and what is wrong with it
     */
    public static X509TrustManager trusting(Path authorities) throws IOException {
        List<X509Certificate> trusted = certificates(authorities);
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("authority-" + i, trusted.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IOException(authorities + " cannot be used: " + e.getMessage(), e);
        }
    }

    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemText.Block block : PemText.read(file)) {
            if (block.label().equals(CERTIFICATE)) {
                chain.add(certificate(file, block.bytes()));
            }
        }
        if (chain.isEmpty()) {
            throw new IOException(
                    file + " has no certificate (expected: PEM, -----BEGIN CERTIFICATE-----)");
        }
        return chain;
    }

    private static X509Certificate certificate(Path file, byte[] bytes) throws IOException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new IOException(file + " has a damaged certificate", e);
        }
    }

    /** {@return the identity without its key} */
    @Override
    public String toString() {
        return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
