package dev.mayfly.pool;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random bytes for one sandbox: the ChaCha20 key stream, with a key that erases itself.
 *
 * <p>Each block of key stream begins with the key of the next block, and bytes are zeroed as they
 * are handed out, so that nothing in memory tells what was handed out before. The first key comes
 * from the operating system. No two sandboxes share a generator: no lock, and no guest can learn
 * from its own bytes what another was given. A snapshot holds none of it.
 */
final class Entropy {
    private static final int KEY = 32;
    private static final int BLOCK = 1024;

    /** A key is used once, so the nonce need not vary. */
    private static final ChaCha20ParameterSpec ONCE = new ChaCha20ParameterSpec(new byte[12], 0);

    private static final byte[] ZEROS = new byte[BLOCK];

    private final Cipher cipher;
    private final byte[] stream = new byte[BLOCK];
    private int next = BLOCK;

    Entropy() {
        try {
            cipher = Cipher.getInstance("ChaCha20");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no ChaCha20", e);
        }
        byte[] seed = new byte[KEY];
        new SecureRandom().nextBytes(seed);
        System.arraycopy(seed, 0, stream, 0, KEY);
        Arrays.fill(seed, (byte) 0);
    }

    void fill(byte[] target, int offset, int length) {
        for (int done = 0; done < length; ) {
            if (next == BLOCK) {
                refill();
            }
            int count = Math.min(length - done, BLOCK - next);
            System.arraycopy(stream, next, target, offset + done, count);
            Arrays.fill(stream, next, next + count, (byte) 0);
            next += count;
            done += count;
        }
    }

    private void refill() {
        try {
            var key = new SecretKeySpec(stream, 0, KEY, "ChaCha20");
            cipher.init(Cipher.ENCRYPT_MODE, key, ONCE);
            cipher.doFinal(ZEROS, 0, BLOCK, stream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20 refused a fresh key", e);
        }
        next = KEY;
    }
}
