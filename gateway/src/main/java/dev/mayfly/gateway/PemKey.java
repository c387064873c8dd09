package dev.mayfly.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/**
 * A private key in a PEM file. Java reads PKCS#8 only, which is the two older forms with the key's
 * algorithm before them:
 *
 * <pre>
 *   PKCS#8 = SEQUENCE { INTEGER 0, algorithm, OCTET STRING { PKCS#1 or SEC1 } }
 *   X.509's public key = SEQUENCE { algorithm, BIT STRING { … } }
 * </pre>
 *
 * The certificate's public key is of the same algorithm, so the algorithm is copied from there.
 *
 * @param file the file
 * @param certified the public key it has to belong to
 */
record PemKey(Path file, PublicKey certified) {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    PrivateKey read() throws IOException {
        for (PemText.Block block : PemText.read(file)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(block.bytes());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return key(wrapped(block.bytes()));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw new IOException(
                                file
                                        + " is encrypted (expected: a key without a passphrase;"
                                        + " openssl pkey -in "
                                        + file
                                        + " -out plain.pem makes one)");
                default -> {}
            }
        }
        throw new IOException(
                file + " has no private key (expected: PEM, -----BEGIN PRIVATE KEY-----)");
    }

    private PrivateKey key(byte[] pkcs8) throws IOException {
        try {
            KeyFactory factory = KeyFactory.getInstance(certified.getAlgorithm());
            return factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    file
                            + " has no key of the certificate's kind (expected: "
                            + certified.getAlgorithm()
                            + ")",
                    e);
        }
    }

    private byte[] wrapped(byte[] older) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.writeBytes(VERSION);
        inside.writeBytes(algorithm(certified.getEncoded()));
        inside.writeBytes(element(OCTETS, older));
        return element(SEQUENCE, inside.toByteArray());
    }

    /** The first element within the public key's own. Its encoding is Java's, so well formed. */
    private static byte[] algorithm(byte[] publicKey) {
        int start = start(publicKey, 0);
        return Arrays.copyOfRange(
                publicKey, start, start(publicKey, start) + size(publicKey, start));
    }

    /** Where the content of the element at {@code at} begins. */
    private static int start(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    private static int size(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return length;
        }
        int size = 0;
        for (int i = at + 2; i < start(der, at); i++) {
            size = (size << 8) | (der[i] & 0xff);
        }
        return size;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            element.write(0x82); // two bytes of length: a key has less than 64 KiB
            element.write(content.length >> 8);
            element.write(content.length);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }

    /** {@return whether what one signs, the other verifies} */
    static boolean belongs(PrivateKey key, PublicKey certified) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] said = "mayfly".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(said);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certified);
            verifying.update(said);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // of another kind
        } catch (ProviderException | ArithmeticException e) {
            return false; // numbers that make no key
        }
    }
}
