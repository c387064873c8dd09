package dev.mayfly.gateway;

import dev.mayfly.gateway.ServerSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/**
 * The files of a listener's TLS, read together.
 *
 * @param settings names them
 */
record TlsFiles(Tls settings) {
    /**
     * What they hold.
     *
     * @param certificates what clients are shown
     * @param authority whose clients are let in; everybody's when there is none
     */
    record Contents(Certificates certificates, Optional<X509TrustManager> authority) {}

    /**
     * Reads them; blocks.
     *
     * @throws IOException for the first that cannot be used, naming it and what was expected
     */
    Contents read() throws IOException {
        List<Identity> identities = new ArrayList<>();
        for (Tls.Pair pair : settings.pairs()) {
            identities.add(Identity.read(pair.certificate(), pair.key()));
        }
        Optional<X509TrustManager> authority =
                settings.clientAuthority().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Identity.trusting(settings.clientAuthority().get()));
        return new Contents(new Certificates(identities), authority);
    }

    /**
     * As {@link #read}, for what can be said of them before they are needed.
     *
     * @throws IOException as there
     */
    void check() throws IOException {
        Objects.requireNonNull(read());
    }

    private List<Path> all() {
        List<Path> all = new ArrayList<>();
        for (Tls.Pair pair : settings.pairs()) {
            all.add(pair.certificate());
            all.add(pair.key());
        }
        settings.clientAuthority().ifPresent(all::add);
        return all;
    }

    /** {@return what changes whenever a file was written or replaced} Costs no reading of it. */
    String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (Path file : all()) {
            stamp.append(stamp(file)).append(';');
        }
        return stamp.toString();
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.lastModifiedTime() + " " + is.size() + " " + is.fileKey();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** {@return what changes only with what is in them, or with why one cannot be read} */
    String digest() {
        MessageDigest digest = sha256();
        for (Path file : all()) {
            try {
                digest.update(Files.readAllBytes(file));
            } catch (IOException e) {
                return e.toString();
            }
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
