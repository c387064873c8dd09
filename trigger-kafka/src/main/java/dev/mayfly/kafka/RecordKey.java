package dev.mayfly.kafka;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record's key by its bytes. Records without one have one in common. */
final class RecordKey {
    private static final RecordKey NONE = new RecordKey(null);

    private final byte @Nullable [] bytes;
    private final int hash;

    private RecordKey(byte @Nullable [] bytes) {
        this.bytes = bytes;
        hash = Arrays.hashCode(bytes);
    }

    static RecordKey of(byte @Nullable [] bytes) {
        return bytes == null ? NONE : new RecordKey(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
