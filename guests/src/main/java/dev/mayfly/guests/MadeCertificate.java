package dev.mayfly.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that vouches for itself, made by this JDK's {@code keytool}, for tests of TLS.
 *
 * @param store with certificate and key, PKCS#12
 * @param certificate PEM
 * @param key PEM, PKCS#8
 */
public record MadeCertificate(Path store, Path certificate, Path key) {
    private static final String ALIAS = "made";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int PATIENCE_SECONDS = 120;

    /**
     * Makes one that is good for some days. Takes a second or two; blocks.
     *
     * @param folder where its files go
     * @param name of its subject and files
     * @param algorithm {@code EC}, {@code RSA} or {@code Ed25519}
     * @param hosts what it is good for, such as {@code *.example.com}; 127.0.0.1 beside them
     * @return the certificate
     * @throws IOException when it cannot be made
     */
    public static MadeCertificate make(Path folder, String name, String algorithm, String... hosts)
            throws IOException {
        Files.createDirectories(folder);
        Path store = folder.resolve(name + ".p12");
        keytool(store, name, algorithm, hosts);
        try {
            KeyStore opened = opened(store);
            byte[] key = opened.getKey(ALIAS, PASSWORD).getEncoded();
            byte[] certificate = opened.getCertificate(ALIAS).getEncoded();
            return new MadeCertificate(
                    store,
                    Files.writeString(
                            folder.resolve(name + ".pem"), pem("CERTIFICATE", certificate)),
                    Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key)));
        } catch (GeneralSecurityException e) {
            throw new IOException(store + " cannot be read", e);
        }
    }

    private static void keytool(Path store, String name, String algorithm, String... hosts)
            throws IOException {
        StringBuilder names = new StringBuilder("san=ip:127.0.0.1");
        for (String host : hosts) {
            names.append(",dns:").append(host);
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                                "-genkeypair",
                                "-alias",
                                ALIAS,
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                names.toString(),
                                "-validity",
                                "30",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                store.toString()));
        command.addAll(
                switch (algorithm) {
                    case "EC" -> List.of("-groupname", "secp256r1");
                    case "RSA" -> List.of("-keysize", "2048");
                    default -> List.<String>of(); // its name says it all
                });
        run(command);
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool made no certificate: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * {@return a PEM block}
     *
     * @param label what it is
     * @param bytes what is in it
     */
    public static String pem(String label, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static KeyStore opened(Path store) throws IOException, GeneralSecurityException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD);
        }
        return opened;
    }

    /**
     * Puts copies of its PEM files in the place of others, as who renews a certificate does: each
     * whole, one after the other.
     *
     * @param certificateThere the certificate to replace
     * @param keyThere the key to replace
     * @throws IOException when they cannot be written
     */
    public void replace(Path certificateThere, Path keyThere) throws IOException {
        put(certificate, certificateThere);
        put(key, keyThere);
    }

    private static void put(Path from, Path there) throws IOException {
        Path beside = there.resolveSibling(there.getFileName() + ".new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, there, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * {@return what a client needs that shows this certificate and trusts others}
     *
     * @param trusted whom it trusts
     * @throws IOException when a file cannot be read
     */
    public SSLContext showing(MadeCertificate... trusted) throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(opened(store), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * {@return what a client needs that shows nothing and trusts these}
     *
     * @param trusted whom it trusts
     * @throws IOException when a file cannot be read
     */
    public static SSLContext trusting(MadeCertificate... trusted) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static TrustManagerFactory trust(MadeCertificate... trusted)
            throws IOException, GeneralSecurityException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            authorities.setCertificateEntry("trusted-" + i, trusted[i].read());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authorities);
        return trust;
    }

    /**
     * {@return the certificate itself}
     *
     * @throws IOException when it cannot be read
     */
    public Certificate read() throws IOException {
        try {
            return opened(store).getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
