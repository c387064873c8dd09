package dev.mayfly.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens secrets: AES-256-GCM, a random nonce for each, and the app's and the secret's
 * name as associated data, so that a sealed value moved to another row does not open. The first key
 * seals; every key opens what it sealed. A key's id is the beginning of its hash.
 */
final class Keyring {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final KeySource source;

    /** By id, the sealing one first; replaced whole by a rotation. */
    private volatile Map<String, SecretKeySpec> keys;

    Keyring(KeySettings settings) {
        this.source = KeySource.of(settings);
        this.keys = parse(source.keys(this::newKey));
    }

    /**
     * {@return what is wrong with given keys} Those of a file are not looked at: it may be made.
     */
    static Optional<String> flaw(KeySettings settings) {
        try {
            if (settings instanceof KeySettings.Given(List<String> keys)) {
                Objects.requireNonNull(parse(keys));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** The id of the key that seals from now on. */
    String newest() {
        return current().getKey();
    }

    /** A new key, if this ring's place is one that can be written. Every older key stays. */
    void rotate() {
        keys = parse(source.rotated(this::newKey));
    }

    Sealed seal(String app, String name, String value) {
        String keyId = newest();
        byte[] nonce = bytes(NONCE_BYTES);
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keyId, new Place(app, name), nonce, text);
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return new Sealed(keyId, whole);
    }

    /** {@return a text that tells equal values, and nothing else, to who has not the key} */
    String fingerprint(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(current().getValue());
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private Map.Entry<String, SecretKeySpec> current() {
        return keys.entrySet().iterator().next();
    }

    String open(SecretRow row) {
        byte[] nonce = Arrays.copyOf(row.sealed(), NONCE_BYTES);
        byte[] text = Arrays.copyOfRange(row.sealed(), NONCE_BYTES, row.sealed().length);
        byte[] value =
                run(
                        Cipher.DECRYPT_MODE,
                        row.keyId(),
                        new Place(row.app(), row.name()),
                        nonce,
                        text);
        return new String(value, StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, String keyId, Place place, byte[] nonce, byte[] text) {
        SecretKeySpec key =
                Optional.ofNullable(keys.get(keyId)).orElseThrow(() -> unknown(keyId, place));
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(Sha256.of(List.of(place.app(), place.name())));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new UnavailableException(
                    UnavailableException.Reason.REFUSED,
                    "the secret " + place + " does not open: it was changed in the database",
                    e);
        }
    }

    private static UnavailableException unknown(String keyId, Place place) {
        return new UnavailableException(
                UnavailableException.Reason.REFUSED,
                "the secret "
                        + place
                        + " is sealed with the key "
                        + keyId
                        + ", which this server does not have: give it the key file of the server"
                        + " that sealed it, or set the secret again");
    }

    private static Map<String, SecretKeySpec> parse(List<String> texts) {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        for (String text : texts) {
            byte[] key = decoded(text);
            keys.putIfAbsent(id(key), new SecretKeySpec(key, "AES"));
        }
        return keys;
    }

    /** The text is not repeated. */
    private static byte[] decoded(String text) {
        byte[] key = {};
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            // No Base64 is a key of the wrong length, below.
            key = new byte[0];
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key for secrets cannot be read (expected: 32 bytes as Base64; make one with"
                            + " `openssl rand -base64 32`)");
        }
        return key;
    }

    private static String id(byte[] key) {
        byte[] hash = Sha256.of(List.of("key id", HexFormat.of().formatHex(key)));
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    private String newKey() {
        return Base64.getEncoder().encodeToString(bytes(KEY_BYTES));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What is stored: the key's id; nonce, text and tag. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Sealed(String keyId, byte[] bytes) {}

    private record Place(String app, String name) {
        @Override
        public String toString() {
            return app.isEmpty() ? name : name + " of " + app;
        }
    }
}
