package dev.mayfly.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Who a rate limit takes a request to be from. Two numbers, whatever the client sent: what counts
 * as one caller costs the same for everybody, and no credential stays in memory.
 *
 * <pre>
 *            high                low
 *   IPv4     0                   1, then the address
 *   IPv6     the first 64 bits   0          a subscriber has a /64 at least, so that is one caller
 *   a field  128 bits of the SHA-256 of its value
 * </pre>
 */
record Caller(long high, long low) {
    private static final long IPV4 = 1L << 32;

    /** The caller by address; behind trusted proxies the one they tell. */
    static Caller byAddress(RequestView request) {
        String host = request.clientHost();
        Optional<byte[]> bytes = TrustedProxies.literal(host);
        return bytes.isPresent() ? address(bytes.get()) : hashed(host);
    }

    /** The caller by the first {@code field}; by address if there is none or it is empty. */
    static Caller byField(RequestView request, String field) {
        CharSequence value = request.head().headers().first(field);
        return value == null || value.isEmpty() ? byAddress(request) : hashed(value);
    }

    private static Caller address(byte[] bytes) {
        ByteBuffer address = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new Caller(0, IPV4 | Integer.toUnsignedLong(address.getInt()))
                : new Caller(address.getLong(), 0);
    }

    private static Caller hashed(CharSequence value) {
        byte[] bytes = value.toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(bytes));
        return new Caller(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
